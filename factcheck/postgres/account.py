"""Which system user the project's own PostgreSQL runs as, and what that user must be able to reach.

PostgreSQL refuses to run as root, and root is what most containers start with. Everybody else runs
the server as themselves and needs nothing from here.
"""

import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

#: Made by the first run as root; owns nothing but the directory of the server.
NAME = "factcheck-postgres"


@dataclass(frozen=True)
class Account:
    """A system user and its group, by number."""

    uid: int
    gid: int

    def process(self) -> dict[str, Any]:
        """Arguments that make ``subprocess.run`` use this account; none when it is our own already."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(home: Path) -> Account:
    """The account that owns ``home``, or that shall own it.

    Raises PermissionError when the directory belongs to somebody else and we are not root.
    """
    me = Account(os.geteuid(), os.getegid())
    owner = home.stat() if home.exists() else None
    if me.uid != 0:
        if owner is not None and owner.st_uid != me.uid:
            raise PermissionError(f"{home} belongs to user {owner.st_uid}; run this as that user or as root")
        return me
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    return _unprivileged()


def _unprivileged() -> Account:
    """A user without rights: our own, made when it is missing; ``nobody`` where users cannot be made."""
    entry = _find(NAME) or _make(NAME) or _find("nobody")
    if entry is None:
        raise PermissionError("PostgreSQL does not run as root and there is no other user to run it as")
    return Account(entry.pw_uid, entry.pw_gid)


def _find(name: str) -> pwd.struct_passwd | None:
    """The system's entry for a user, or None."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make(name: str) -> pwd.struct_passwd | None:
    """Add a system user that cannot sign in; None where that is not possible."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd:
        kind = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command = [useradd, *kind, "--shell", "/usr/sbin/nologin", name]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return _find(name)


def let_in(account: Account, *paths: Path) -> None:
    """As root, let ``account`` pass through every directory above ``paths``.

    Only "others may pass" (o+x) is added, only where it is missing, and each change is logged.
    """
    if os.geteuid() != 0 or account.uid == 0:
        return
    opened = []
    for parent in dict.fromkeys(parent for path in paths for parent in reversed(path.parents)):
        status = parent.stat()
        if not status.st_mode & _pass_bit(status, account):
            parent.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)
            opened.append(str(parent))
    if opened:
        log.warning("PostgreSQL runs as user %d, which may now pass through: %s", account.uid, ", ".join(opened))


def _pass_bit(status: os.stat_result, account: Account) -> int:
    """The permission bit that decides whether ``account`` may pass through a directory."""
    if status.st_uid == account.uid:
        return stat.S_IXUSR
    return stat.S_IXGRP if status.st_gid == account.gid else stat.S_IXOTH


def let_read(account: Account, tree: Path, probe: Path) -> None:
    """As root, make ``tree`` readable for ``account`` when ``probe`` in it is not (installed under umask 077)."""
    if os.geteuid() != 0 or account.uid == 0 or probe.stat().st_mode & stat.S_IXOTH:
        return
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
    log.warning("PostgreSQL runs as user %d, which may now read %s", account.uid, tree)

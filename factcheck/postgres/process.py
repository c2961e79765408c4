"""Is the process with this number really our PostgreSQL?

After a crash ``postmaster.pid`` stays behind and its number may since have been given to anything
else, so a living process of that number proves nothing.
"""

import os
import shutil
import subprocess
from pathlib import Path

PROC = Path("/proc")


def postmaster(data: Path) -> int | None:
    """The process id of the server that runs on ``data``, or None when none does."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if pid > 0 and _serves(pid, data) else None


def _serves(pid: int, data: Path) -> bool:
    """True when ``pid`` is a living ``postgres`` working in ``data``."""
    if (PROC / "self" / "cmdline").exists():
        return _serves_by_proc(pid, data)
    ps = shutil.which("ps", path="/bin:/usr/bin") or "ps"
    seen = subprocess.run([ps, "-ww", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False)  # noqa: S603
    return "postgres" in seen.stdout and str(data) in seen.stdout


def _serves_by_proc(pid: int, data: Path) -> bool:
    """Ask ``/proc``; a server works in its data directory. A zombie has no command line and so is none."""
    try:
        program = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0", 1)[0]
        return os.path.basename(program) == b"postgres" and os.path.samefile(PROC / str(pid) / "cwd", data)
    except OSError:
        return False

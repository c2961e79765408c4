"""The keys that sign the log's checkpoints: from the settings, or made on first use while DEBUG is on."""

import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lib.refusals import RefusedError
from lib.transparency import signed_notes


class NoSigningKeyError(RefusedError):
    """There is no usable key. The text may be shown to anybody; what is wrong in detail goes into the log lines."""

    code = "no_signing_key"


class NotSignedError(NoSigningKeyError):
    """There is no key: this site does not sign its log."""


def signers() -> tuple[signed_notes.Signer, ...]:
    """Every key that signs, the first one first; all carry the log's origin as their name.

    Raises ``NotSignedError`` when none is configured and DEBUG is off, ``NoSigningKeyError`` when one cannot be used.
    """
    origin: str = settings.LOG_ORIGIN
    try:
        found = _parsed(_configured() or _of_development(origin))
    except (OSError, UnicodeDecodeError) as error:
        raise NoSigningKeyError("The log's signing key cannot be read.") from error
    except signed_notes.KeyFormatError as error:
        raise NoSigningKeyError(f"The log's signing key cannot be used. {error}") from error
    if not found:
        raise NotSignedError("This site has no key to sign its log with yet (manage.py log_key makes one).")
    if strangers := sorted({signer.name for signer in found} - {origin}):
        raise NoSigningKeyError(f"A signing key is named {strangers[0]}, but this log is {origin}.")
    return found


def _configured() -> str:
    if settings.LOG_SIGNING_KEY_FILE:
        return Path(settings.LOG_SIGNING_KEY_FILE).read_text(encoding="utf-8")
    return str(settings.LOG_SIGNING_KEY)


@lru_cache(maxsize=8)
def _parsed(text: str) -> tuple[signed_notes.Signer, ...]:
    return tuple(signed_notes.read_key(key) for key in re.split(r"[\s,]+", text) if key)


def _of_development(origin: str) -> str:
    """A key under ``var/`` for each origin, made once by the first process; nothing when DEBUG is off."""
    if not settings.DEBUG:
        return ""
    path = Path(settings.VAR_DIR) / f"log-key-{re.sub(r'[^A-Za-z0-9.-]', '_', origin)}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".log-key-")  # mode 0600
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.write(signed_notes.generate(origin).secret_key() + "\n")
            os.link(name, path)
        except FileExistsError:
            pass  # another process was first; its key counts
        finally:
            Path(name).unlink()
    return path.read_text(encoding="utf-8")

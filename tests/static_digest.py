"""Where the collected static files of this checkout are kept for the small versions of proofs."""

from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """A folder whose name changes with every static file and with the packages that bring some."""
    found = sha256((_ROOT / "requirements.lock").read_bytes())
    for file in sorted(_ROOT.glob("*/static/**/*")):
        if file.is_file():
            found.update(str(file.relative_to(_ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return _ROOT / "var" / "tests" / f"static-{found.hexdigest()[:16]}"

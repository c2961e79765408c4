"""A witness of logs: it signs a checkpoint when the tree contains the one that it signed before (C2SP tlog-witness).

    python -m lib.transparency.witness --key FILE --log KEY --state FOLDER [--port 8020]

``FILE`` holds the witness's secret key and is made at the first start; the public key is printed. ``KEY`` is the public
key of a log, or a file of keys; the option can be repeated. ``FOLDER`` holds the newest checkpoint of each log: never
put back an older copy of it. Logs send ``POST /add-checkpoint``. Put a proxy with TLS before it. Needs no Django.
"""

import argparse
import base64
import hashlib
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from lib.transparency import merkle, signed_notes
from lib.transparency.cosignatures import NOTE, Tree, Verifier, cosign, read_tree, read_verifier, split, valid_lines
from lib.transparency.cosignatures import verifier as public_key

MAX_BYTES, MAX_PROOF = 64 * 1024, 63
SIZE_TYPE, TEXT_TYPE = "text/x.tlog.size", "text/plain; charset=utf-8"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class RefusalError(Exception):
    """Why a checkpoint is not signed: a status of HTTP and what is said."""

    def __init__(self, status: int, text: str, content_type: str = TEXT_TYPE) -> None:
        super().__init__(text)
        self.status, self.text, self.content_type = status, text, content_type


@dataclass(frozen=True, slots=True)
class Witness:
    """One key that watches some logs. Safe in threads; only one process may use a folder."""

    signer: signed_notes.Signer
    logs: tuple[Verifier, ...]
    folder: Path
    lock: Any = field(default_factory=threading.Lock)

    def add_checkpoint(self, body: str, *, seconds: int) -> str:
        """The cosignature of the checkpoint in a request. Raises ``RefusalError``; then nothing was stored."""
        old, proof, note = _parts(body)
        try:
            text, lines = split(note)
            tree = read_tree(text)
        except ValueError as error:
            raise RefusalError(400, f"{error}\n") from error
        keys = [key for key in self.logs if key.name == tree.origin]
        if not keys:
            raise RefusalError(404, "This witness does not watch that log.\n")
        if not any(list(valid_lines(text, lines, key)) for key in keys):
            raise RefusalError(403, "No key of that log that is known here signed the checkpoint.\n")
        if old > tree.size:
            raise RefusalError(400, "The old size is larger than the checkpoint's.\n")
        with self.lock:
            self._check(tree, old, proof)
            self._keep(tree.origin, text + "\n" + lines)
        return cosign(text, self.signer, seconds=seconds)

    def newest(self, origin: str) -> Tree:
        """The newest tree of a log that was signed here; the empty one when none was."""
        file = self._file(origin)
        if not file.exists():
            return Tree(origin, 0, merkle.EMPTY_ROOT)
        return read_tree(split(file.read_text(encoding="utf-8"))[0])

    def _check(self, tree: Tree, old: int, proof: list[bytes]) -> None:
        before = self.newest(tree.origin)
        if old != before.size:
            raise RefusalError(409, f"{before.size}\n", SIZE_TYPE)
        if tree.size == before.size and tree.root != before.root:
            raise RefusalError(409, "Another tree of this size was signed here. The log has two histories.\n")
        if old == 0:
            was, now = before.root, tree.root
            is_wrong = bool(proof)
        else:
            try:
                was, now = merkle.roots_from_consistency(old, tree.size, before.root, proof)
            except ValueError as error:
                raise RefusalError(422, f"{error}\n") from error
            is_wrong = False
        if is_wrong or (was, now) != (before.root, tree.root):
            raise RefusalError(422, "The proof does not lead from the tree that was signed here to this one.\n")

    def _keep(self, origin: str, note: str) -> None:
        """Stored for good before anything is signed: a crash must not make the witness forget."""
        file = self._file(origin)
        new = file.with_suffix(".new")
        with new.open("w", encoding="utf-8") as stream:
            stream.write(note)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)

    def _file(self, origin: str) -> Path:
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()}.checkpoint"


def _parts(body: str) -> tuple[int, list[bytes], str]:
    """The old size, the proof and the checkpoint of a request."""
    head, blank, note = body.partition("\n\n")
    first, *lines = head.split("\n")
    old = _OLD.fullmatch(first)
    if not blank or old is None or len(lines) > MAX_PROOF:
        raise RefusalError(400, "A request is a line “old <size>”, the proof, an empty line and the checkpoint.\n")
    try:
        proof = [base64.b64decode(line, validate=True) for line in lines]
    except ValueError as error:
        raise RefusalError(400, "A line of the proof is not base64.\n") from error
    if any(len(value) != 32 for value in proof):
        raise RefusalError(400, "A line of the proof is not a hash of 32 bytes.\n")
    return int(old[1]), proof, note


def serve(witness: Witness, *, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """A server for ``witness``; port 0 takes a free one. The caller runs ``serve_forever``."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 20

        def do_POST(self) -> None:
            try:
                status, content_type, text = 200, TEXT_TYPE, self._answer()
            except RefusalError as refusal:
                status, content_type, text = refusal.status, refusal.content_type, refusal.text
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def _answer(self) -> str:
            if not self.path.endswith("/add-checkpoint"):
                raise RefusalError(404, "Send checkpoints to /add-checkpoint.\n")
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > MAX_BYTES:
                raise RefusalError(413, f"A request has a Content-Length of at most {MAX_BYTES} bytes.\n")
            try:
                body = self.rfile.read(int(length)).decode()
            except UnicodeDecodeError as error:
                raise RefusalError(400, "A request is text in UTF-8.\n") from error
            return witness.add_checkpoint(body, seconds=int(time.time()))

    return ThreadingHTTPServer((host, port), Handler)


def main() -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="A witness of transparency logs (C2SP tlog-witness).")
    parser.add_argument("--key", required=True, type=Path, help="file of the secret key; made when it is missing")
    parser.add_argument("--name", default="", help="the name of a new key, such as witness.example.org")
    parser.add_argument("--log", required=True, action="append", help="public key of a log, or a file of keys")
    parser.add_argument("--state", required=True, type=Path, help="folder of the checkpoints that were signed")
    parser.add_argument("--port", type=int, default=8020)
    given = parser.parse_args()
    if not given.key.exists():
        if not given.name:
            parser.error("--name is needed to make a key")
        with os.fdopen(os.open(given.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(signed_notes.generate(given.name).secret_key() + "\n")
    signer = signed_notes.read_key(given.key.read_text())
    texts = [Path(one).read_text() if Path(one).is_file() else one for one in given.log]
    logs = tuple(read_verifier(line) for text in texts for line in text.split())
    if any(key.kind != NOTE for key in logs):
        parser.error("--log takes the key of a log, not of a witness")
    given.state.mkdir(parents=True, exist_ok=True)
    server = serve(Witness(signer, logs, given.state), port=given.port)
    print(f"{public_key(signer)} http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

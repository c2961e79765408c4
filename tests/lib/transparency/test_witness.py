"""A witness signs what continues the tree that it signed before, and refuses everything else with its status."""

import base64
import hashlib
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from lib.transparency import cosignatures, merkle, signed_notes
from lib.transparency.cosignatures import NOTE, Verifier
from lib.transparency.witness import RefusalError, Witness

ROOT = Path(__file__).parents[3]
ORIGIN = "facts.example.org/log"
LOG = signed_notes.generate(ORIGIN)
KEY = Verifier(ORIGIN, NOTE, LOG.public_bytes)


def leaves(count, word="leaf"):
    return [merkle.leaf(f"{word} {number}".encode()) for number in range(count)]


def root(hashes):
    frontier = []
    for n, leaf in enumerate(hashes):
        frontier = merkle.append(frontier, n, leaf)
    return merkle.root(frontier)


def note(hashes, *, origin=ORIGIN, signer=LOG, size=None):
    return signed_notes.sign(signed_notes.checkpoint(origin, size or len(hashes), root(hashes)), [signer])


def request(old, hashes, **fields):
    proof = [root(hashes[first:end]) for first, end in merkle.consistency(old, len(hashes))]
    lines = "".join(f"{base64.b64encode(value).decode()}\n" for value in proof)
    return f"old {old}\n{lines}\n{note(hashes, **fields)}"


@pytest.fixture
def witness(tmp_path):
    return Witness(signed_notes.generate("witness.example.org"), (KEY,), tmp_path)


def refused(witness, body):
    before = witness.newest(ORIGIN)
    with pytest.raises(RefusalError) as refusal:
        witness.add_checkpoint(body, seconds=1)
    assert witness.newest(ORIGIN) == before
    return refusal.value.status, refusal.value.content_type, refusal.value.text


def test_a_tree_that_grows_is_cosigned_each_time(witness):
    old = 0
    for size in (3, 3, 4, 9, 300):
        line = witness.add_checkpoint(request(old, leaves(size)), seconds=1_800_000_000)
        text, _ = cosignatures.split(note(leaves(size)))
        key = cosignatures.verifier(witness.signer)
        assert list(cosignatures.valid_lines(text, line, key)) == [line]
        assert int.from_bytes(base64.b64decode(line.split(" ")[2])[4:12], "big") == 1_800_000_000
        assert list(cosignatures.valid_lines(text.replace("log", "fog"), line, key)) == []
        old = size
    assert witness.newest(ORIGIN).size == 300


def test_the_key_of_a_witness_is_that_of_the_standard(witness):
    key = cosignatures.verifier(witness.signer)
    digest = hashlib.sha256(b"witness.example.org\n\x04" + witness.signer.public_bytes).hexdigest()
    assert str(key).startswith(f"witness.example.org+{digest[:8]}+B")
    assert cosignatures.read_verifier(str(key)) == key
    with pytest.raises(signed_notes.KeyFormatError, match="copied wrongly"):
        cosignatures.read_verifier(str(key).replace(digest[:8], "00000000"))


def test_a_wrong_old_size_is_answered_with_the_right_one(witness):
    witness.add_checkpoint(request(0, leaves(5)), seconds=1)
    for old in (0, 3, 6):
        assert refused(witness, request(old, leaves(7))) == (409, "text/x.tlog.size", "5\n")


def test_an_older_checkpoint_is_refused(witness):
    witness.add_checkpoint(request(0, leaves(5)), seconds=1)
    assert refused(witness, request(3, leaves(3)))[0] == 409
    assert refused(witness, "old 5\n\n" + note(leaves(3)))[0] == 400


def test_a_second_history_is_refused(witness):
    witness.add_checkpoint(request(0, leaves(5)), seconds=1)
    assert refused(witness, request(5, leaves(8, "other")))[0] == 422
    assert refused(witness, "old 5\n\n" + note(leaves(8)))[0] == 422
    assert refused(witness, "old 5\n\n" + note(leaves(5, "other")))[0] == 409
    assert refused(witness, request(5, leaves(5)).replace("old 5\n", f"old 5\n{'A' * 43}=\n"))[0] == 422


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, request(0, leaves(2), origin="other.example/log", signer=signed_notes.generate("other.example/log"))),
        (403, request(0, leaves(2), signer=signed_notes.generate(ORIGIN))),
        (403, note(leaves(2)).join(["old 0\n\n", ""]).replace("\n2\n", "\n3\n")),
        (400, ""),
        (400, note(leaves(2))),
        (400, "old 00\n\n" + note(leaves(2))),
        (400, "old 0\nnot base64!\n\n" + note(leaves(2))),
        (400, "old 0\nAAAA\n\n" + note(leaves(2))),
        (400, "old 0\n" + f"{'A' * 43}=\n" * 64 + "\n" + note(leaves(2))),
        (400, "old 0\n\nno note"),
        (422, "old 0\n" + f"{'A' * 43}=\n" + "\n" + note(leaves(2))),
    ],
)
def test_what_is_wrong_has_a_status_of_its_own(witness, status, body):
    assert refused(witness, body)[0] == status


def test_a_witness_remembers_after_a_restart(witness):
    witness.add_checkpoint(request(0, leaves(5)), seconds=1)
    again = Witness(witness.signer, witness.logs, witness.folder)
    assert refused(again, request(0, leaves(7)))[:1] == (409,)
    assert again.add_checkpoint(request(5, leaves(7)), seconds=2)


def test_the_program_makes_a_key_and_answers_over_http(tmp_path):
    command = [sys.executable, "-m", "lib.transparency.witness", "--key", str(tmp_path / "key"), "--log", str(KEY)]
    command += ["--state", str(tmp_path / "signed"), "--port", "0"]
    unnamed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert unnamed.returncode == 2
    assert "--name is needed to make a key" in unnamed.stderr
    with subprocess.Popen([*command, "--name", "w.example"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            key, address = process.stdout.readline().split()
            asked = Request(f"{address}/add-checkpoint", request(0, leaves(3)).encode())  # noqa: S310 - loopback
            line = urlopen(asked, timeout=20).read().decode()  # noqa: S310
            text, _ = cosignatures.split(note(leaves(3)))
            assert list(cosignatures.valid_lines(text, line, cosignatures.read_verifier(key))) == [line]
            with pytest.raises(HTTPError) as conflict:
                urlopen(asked, timeout=20)  # noqa: S310
            assert (conflict.value.code, conflict.value.headers["Content-Type"]) == (409, "text/x.tlog.size")
        finally:
            process.terminate()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0

"""The partner's verifier, held against the standards' own numbers, and run as a partner runs it: alone, offline."""

import base64
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import PublishedClaim, Record
from lib.transparency import merkle, signed_notes
from tools import verify_proof

SCRIPT = Path(__file__).parents[3] / "tools" / "verify_proof.py"
#: RFC 8032 §7.1, tests 1 to 3: public key, message, signature.
ED25519 = {
    "1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
        "4655141438e7a100b",
    ),
    "2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
        "eb00d291612bb0c00",
    ),
    "3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28"
        "dc027beceea1ec40a",
    ),
}
#: The leaves and roots that Certificate Transparency's implementations of RFC 6962 are tested with.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [merkle.leaf(bytes([n])) for n in range(40)]


@pytest.mark.parametrize("test", ED25519)
def test_the_script_verifies_the_ed25519_vectors_of_rfc_8032(test):
    public, message, signature = map(bytes.fromhex, ED25519[test])
    assert verify_proof.ed25519_verifies(public, message, signature)
    assert not verify_proof.ed25519_verifies(public, message + b"x", signature)
    for at in range(64):
        changed = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        assert not verify_proof.ed25519_verifies(public, message, changed)


def test_a_signature_with_the_group_order_added_is_refused():
    public, message, signature = map(bytes.fromhex, ED25519["2"])
    s = int.from_bytes(signature[32:], "little") + verify_proof.ORDER
    assert not verify_proof.ed25519_verifies(public, message, signature[:32] + s.to_bytes(32, "little"))


@given(st.binary(max_size=200))
def test_what_the_site_signs_the_script_verifies(message):
    signer = signed_notes.generate("facts.example.org/log")
    assert verify_proof.ed25519_verifies(signer.public_bytes, message, signer.private.sign(message))


@pytest.mark.parametrize("size", range(9))
def test_tree_hashes_match_certificate_transparencys_test_roots(size):
    hashes = [merkle.leaf(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    frontier: list[bytes] = []
    for n, hash_ in enumerate(hashes):
        frontier = merkle.append(frontier, n, hash_)
    assert merkle.root(frontier).hex() == verify_proof.tree_hash(hashes).hex() == ROOTS[size]


def test_every_leaf_of_trees_up_to_40_has_one_proof_and_no_other_verifies():
    for size in range(1, 41):
        check_every_leaf(size)


def check_every_leaf(size):
    root = verify_proof.tree_hash(HASHES[:size])
    for index in range(size):
        proof = [verify_proof.tree_hash(HASHES[first:end]) for first, end in merkle.inclusion(index, size)]
        verify_proof.verify_inclusion(index, size, HASHES[index], proof, root)
        assert merkle.root_from_inclusion(index, size, HASHES[index], proof) == root
        wrong = [
            proof[:-1],
            [*proof, HASHES[0]],
            *([*proof[:n], bytes(32), *proof[n + 1 :]] for n in range(len(proof))),
        ]
        for changed in wrong if size > 1 else wrong[1:]:
            with pytest.raises(verify_proof.Failed):
                verify_proof.verify_inclusion(index, size, HASHES[index], changed, root)
        with pytest.raises(verify_proof.Failed):
            verify_proof.verify_inclusion(index, size, HASHES[index - 1] if size > 1 else bytes(32), proof, root)


def test_the_example_note_of_gos_checksum_database_verifies():
    """The example of golang.org/x/mod/sumdb/note: a key, a text and its signature."""
    signer = signed_notes.read_key("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
    assert signer.verifier_key() == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    signature = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    assert signed_notes.sign(text, [signer]) == f"{text}\n— PeterNeumann {signature}\n"
    ((name, key_id), public), *_ = verify_proof.read_keys(signer.verifier_key()).items()
    assert (name, key_id) == ("PeterNeumann", base64.b64decode(signature)[:4])
    assert verify_proof.ed25519_verifies(public, text.encode(), base64.b64decode(signature)[4:])


# --- As a partner runs it --------------------------------------------------------------------------


def run(tmp_path, key, record, proof):
    """The script without site-packages and without this project on its path: (exit code, what it printed)."""
    (tmp_path / "record.json").write_bytes(record)
    (tmp_path / "r1.tlog-proof").write_bytes(proof)
    command = [sys.executable, "-S", "-I", str(SCRIPT), "--key", key, "record.json", "r1.tlog-proof"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def handed_out(demo, signer, client):
    """Every revision of the demo as a partner gets it: the record's bytes and its proof."""
    slugs = dict(PublishedClaim.objects.values_list("claim_id", "slug"))
    found = []
    for row in Record.objects.all():
        record = client.get(f"/api/v1/claims/{row.claim_id}/revisions/{row.revision}/").content
        found.append((record, client.get(f"/claims/{slugs[row.claim_id]}/r{row.revision}.tlog-proof").content))
    return found


@pytest.mark.django_db
def test_the_script_accepts_the_proof_of_every_demo_revision(handed_out, signer, tmp_path):
    assert len(handed_out) == Record.objects.count() > 30
    keys = verify_proof.read_keys(signer.verifier_key())
    for seq, (record, proof) in enumerate(handed_out, start=1):
        assert f"is no. {seq} of {len(handed_out)} in" in verify_proof.verify_record(record, proof.decode(), keys)
    code, said = run(tmp_path, signer.verifier_key(), *handed_out[-1])
    assert (code, said[:7], said.count("\n")) == (0, "holds: ", 1)


@pytest.mark.django_db
def test_the_script_refuses_a_record_or_proof_with_any_byte_changed(handed_out, signer, tmp_path):
    keys = verify_proof.read_keys(signer.verifier_key())
    record, proof = handed_out[7]
    for data, other in ((record, proof), (proof, record)):
        for at in range(0, len(data), 7 if data is record else 1):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            pair = (changed, other) if data is record else (other, changed)
            with pytest.raises((verify_proof.Failed, UnicodeDecodeError)):
                verify_proof.verify_record(pair[0], pair[1].decode(), keys)
    code, said = run(tmp_path, signer.verifier_key(), record.replace(b"a", b"b", 1), proof)
    assert (code, said) == (1, "does not hold: the record's bytes are not those that were logged\n")


@pytest.mark.django_db
def test_the_script_refuses_another_records_proof_and_an_unknown_key(handed_out, signer, tmp_path, settings):
    code, said = run(tmp_path, signer.verifier_key(), handed_out[0][0], handed_out[1][1])
    assert (code, said) == (1, "does not hold: the record's bytes are not those that were logged\n")
    stranger = signed_notes.generate(settings.LOG_ORIGIN).verifier_key()
    code, said = run(tmp_path, stranger, *handed_out[0])
    assert (code, said) == (1, "does not hold: no key of yours signed the checkpoint\n")
    code, said = run(tmp_path, signer.verifier_key(), handed_out[0][0], b"\xff\x00nonsense")
    assert (code, said[:15]) == (1, "does not hold: ")


@pytest.mark.django_db
def test_the_script_refuses_malformed_files_with_one_line(handed_out, signer, tmp_path):
    record, proof = handed_out[0]
    key_id = base64.b64decode(signer.verifier_key().split("+", 2)[2])
    key_id = hashlib.sha256(signer.name.encode() + b"\n" + key_id).digest()[:4]
    short = base64.b64encode(key_id + b"no signature")
    lines = proof.rstrip(b"\n").split(b"\n")
    cut_short = b"\n".join([*lines[:-1], b" ".join([*lines[-1].split(b" ")[:-1], short])]) + b"\n"
    code, said = run(tmp_path, signer.verifier_key(), record, cut_short)
    assert (code, said) == (1, f"does not hold: the signature of {signer.name} is wrong\n")
    code, said = run(tmp_path, signer.verifier_key(), b"[" * 200_000, proof)
    assert (code, said[:15], said.count("\n")) == (1, "does not hold: ", 1)

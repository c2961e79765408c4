#!/usr/bin/env python3
"""Check, without trusting the site that published it, that a fact-check is in its public log. Standard library only.

    verify_proof.py --key KEY RECORD PROOF           one record with its proof, offline
    verify_proof.py --key KEY --url SITE             every revision of every claim on a site
    verify_proof.py --key KEY --url SITE --since OLD --save NEW
                                                     … and that its log only grew since checkpoint OLD was signed

KEY is the site's verifier key (`name+id+base64`), or a file with one or more, one a line. Get it once, from a place
you trust. RECORD is what /api/v1/claims/ID/revisions/N/ answered, byte for byte; PROOF is /claims/SLUG/rN.tlog-proof.
Exit code 0: it holds. 1: it does not, with the reason. 2: the call was wrong.

How it hangs together: the record's SHA-256 stands in an *entry*; the entry is a leaf of a Merkle tree (RFC 6962); the
proof leads from the leaf to the tree's root; the root stands in a *checkpoint* signed with Ed25519 (RFC 8032; formats
of c2sp.org: signed-note, tlog-checkpoint, tlog-proof, tlog-tiles).
"""

import argparse
import base64
import hashlib
import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


class Failed(Exception):
    """It does not hold; the text says why."""


def check(condition, reason):
    if not condition:
        raise Failed(reason)


def unbase64(text, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Failed(f"this is not base64: {text[:40]!r}") from None
    check(length in (None, len(data)), f"{length} bytes were expected in {text[:40]!r}")
    return data


def number(text):
    check(text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 19, f"no number: {text[:40]!r}")
    return int(text)


# --- Ed25519, RFC 8032 §5.1: points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z -----------------------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def decode_point(data):
    """The point, or None when these 32 bytes are none (§5.1.3)."""
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public, message, signature):
    """§5.1.7: S·B = R + k·A."""
    a, r, s = decode_point(public), decode_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# --- Keys and checkpoints ----------------------------------------------------------------------------------------
def read_keys(given):
    """{(name, id): public key} from a verifier key or a file of them."""
    text = given if given.count("+") >= 2 and not Path(given).is_file() else Path(given).read_text(encoding="utf-8")
    keys = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = line.split("+", 2)
        check(len(parts) == 3, f"no verifier key: {line[:60]!r}")
        data = unbase64(parts[2], 33)
        check(data[:1] == b"\x01", "only Ed25519 keys are known here")
        key_id = hashlib.sha256(parts[0].encode() + b"\n" + data).digest()[:4]
        check(key_id.hex() == parts[1], "the verifier key was copied wrongly: its id is not that of its key")
        keys[parts[0], key_id] = data[1:]
    check(keys, "there is no verifier key in what --key names")
    return keys


def read_checkpoint(note, keys, known={}):  # noqa: B006 - remembers what was verified in this run
    """(origin, size, root) of a checkpoint that one of the keys signed."""
    if note in known:
        return known[note]
    text, blank, signatures = note.rpartition("\n\n")
    check(blank and note.endswith("\n"), "the checkpoint is not a signed note")
    text, verified, lines = text + "\n", 0, text.split("\n")
    check(len(lines) >= 3 and all(lines), "the checkpoint lacks origin, size or root")
    for line in signatures.splitlines():
        parts = line.split(" ")
        check(len(parts) == 3 and parts[0] == "—", "a signature line of the checkpoint is malformed")
        data = unbase64(parts[2])
        public = keys.get((parts[1], data[:4]))
        if public and parts[1] == lines[0]:  # a log's keys are named as the log is; others are not ours to judge
            check(ed25519_verifies(public, text.encode(), data[4:]), f"the signature of {parts[1]} is wrong")
            verified += 1
    check(verified, "no key of yours signed the checkpoint")
    known[note] = lines[0], number(lines[1]), unbase64(lines[2], 32)
    return known[note]


# --- The tree, RFC 6962 §2.1 and RFC 9162 §2.1.3.2, §2.1.4.2 ---------------------------------------------------------
def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def verify_inclusion(index, size, leaf_hash, proof, root):
    check(index < size, f"leaf {index} is not in a tree of {size}")
    fn, sn, r = index, size - 1, leaf_hash
    for p in proof:
        check(sn, "the proof is too long")
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    check(sn == 0 and r == root, "the proof does not lead to the root that was signed")


def verify_consistency(old, new, old_root, new_root, proof):
    check(old <= new, f"the log shrank from {old} to {new} entries")
    if old == new or old == 0:
        check(not proof and (old == 0 or old_root == new_root), "two trees of one size have different roots")
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    check(path, "the proof of consistency is empty")
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        check(sn, "the proof of consistency is too long")
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    check(sn == 0 and fr == old_root and sr == new_root, "the log was rewritten: it does not contain the older one")


def tree_hash(hashes):
    """MTH of leaf hashes."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node(tree_hash(hashes[:k]), tree_hash(hashes[k:]))


def consistency_proof(old, hashes, whole=True):
    """PROOF(old, hashes) of RFC 6962 §2.1.2."""
    if old == len(hashes):
        return [] if whole else [tree_hash(hashes)]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    if old <= k:
        return [*consistency_proof(old, hashes[:k], whole), tree_hash(hashes[k:])]
    return [*consistency_proof(old - k, hashes[k:], False), tree_hash(hashes[:k])]


# --- A record and its proof ----------------------------------------------------------------------------------------
def verify_record(record, proof, keys):
    """One sentence about a record that is in the log. Raises Failed."""
    head, blank, note = proof.partition("\n\n")
    lines = head.split("\n")
    check(blank and lines[0] == "c2sp.org/tlog-proof@v1" and len(lines) >= 3, "the proof is not a tlog-proof")
    check(lines[1].startswith("extra ") and lines[2].startswith("index "), "the proof lacks its entry or its index")
    entry, index = unbase64(lines[1][6:]), number(lines[2][6:])
    origin, size, root = read_checkpoint(note, keys)
    verify_inclusion(index, size, leaf(entry), [unbase64(line, 32) for line in lines[3:]], root)
    said = verify_entry(record, entry, index)
    return f"holds: {said['kind']} revision {said['revision']} of claim {said['claim']} is no. {said['seq']} of {size} in {origin}"


def verify_entry(record, entry, index):
    """The entry, which must stand for this record and no other."""
    try:
        document, said = json.loads(record), json.loads(entry)
        wanted = {
            "at": document["published_at"],
            "claim": document["claim"]["id"],
            "kind": document["kind"],
            "previous_record_sha256": said["previous_record_sha256"],
            "record_sha256": hashlib.sha256(record).hexdigest(),
            "revision": document["revision"],
            "seq": index + 1,
        }
        seq = document["seq"]
    except (ValueError, KeyError, TypeError):
        raise Failed("the record or the entry is not what a fact-check's is") from None
    check(said.get("record_sha256") == wanted["record_sha256"], "the record's bytes are not those that were logged")
    check(seq == index + 1, f"the record says it is no. {seq}, the log has it as no. {index + 1}")
    check(json.dumps(wanted, separators=(",", ":")).encode() == entry, "the entry does not stand for this record")
    return said


# --- A whole site --------------------------------------------------------------------------------------------------
def fetch(url):
    check(url.startswith(("http://", "https://")), f"not a web address: {url[:60]}")
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - checked above
                return answer.read()
        except urllib.error.HTTPError as error:
            wait = error.headers.get("Retry-After", "")
            check(error.code == 429 and wait.isdigit(), f"{url} answered {error.code}: {error.read(200).decode(errors='replace').strip()}")
            time.sleep(min(int(wait), 60) + 1)
        except OSError as error:
            raise Failed(f"{url}: {error}") from None


def entries(site, size):
    """All entries of the log, from its bundles (tlog-tiles), which hold 256 each."""
    found = []
    while len(found) < size:
        index, width = divmod(len(found), 256)[0], min(256, size - len(found))
        groups = f"{index:0{(len(str(index)) + 2) // 3 * 3}d}"
        name = "/".join(f"x{groups[i : i + 3]}" for i in range(0, len(groups), 3))
        name = "/".join([*name.split("/")[:-1], groups[-3:]]) + (f".p/{width}" if width < 256 else "")
        bundle, at = fetch(f"{site}/log/tile/entries/{name}"), 0
        for _ in range(width):
            end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
            check(at + 2 < end <= len(bundle), f"bundle {name} is cut off")
            found.append(bundle[at + 2 : end])
            at = end
    return found


def verify_site(site, keys, since, save):
    note = fetch(f"{site}/log/checkpoint").decode()
    origin, size, root = read_checkpoint(note, keys)
    logged = entries(site, size)
    hashes = [leaf(entry) for entry in logged]
    check(tree_hash(hashes) == root, "the entries are not those of the checkpoint")
    if since:
        old_origin, old, old_root = read_checkpoint(Path(since).read_text(encoding="utf-8"), keys)
        check(old_origin == origin, f"the older checkpoint is of another log, {old_origin}")
        check(old <= size, f"the log shrank from {old} to {size} entries")
        verify_consistency(old, size, old_root, root, consistency_proof(old, hashes) if 0 < old < size else [])
    for entry in logged:
        said = json.loads(entry)
        record = fetch(f"{site}/api/v1/claims/{said['claim']}/revisions/{said['revision']}/")
        check(hashlib.sha256(record).hexdigest() == said["record_sha256"], f"no. {said['seq']} is not what was logged")
        proof = fetch(f"{site}/claims/{json.loads(record)['claim']['slug']}/r{said['revision']}.tlog-proof")
        verify_record(record, proof.decode(), keys)
    if save:
        Path(save).write_text(note, encoding="utf-8")
    grew = f", and its log only grew since it had {old} entries" if since else ""
    return f"holds: all {size} records of {origin}{grew}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", required=True, help="the verifier key, or a file with one or more")
    parser.add_argument("--url", help="check a whole site")
    parser.add_argument("--since", metavar="FILE", help="with --url: an older checkpoint that the log must contain")
    parser.add_argument("--save", metavar="FILE", help="with --url: where to keep the newest checkpoint when all holds")
    parser.add_argument("files", nargs="*", metavar="RECORD PROOF")
    options = parser.parse_args()
    if len(options.files) != (0 if options.url else 2) or (options.since or options.save) and not options.url:
        parser.error("give a record and its proof, or --url")
    try:
        keys = read_keys(options.key)
        if options.url:
            print(verify_site(options.url.rstrip("/"), keys, options.since, options.save))
        else:
            record, proof = (Path(file).read_bytes() for file in options.files)
            print(verify_record(record, proof.decode(), keys))
    except (Failed, OSError, ValueError) as failure:
        print(f"does not hold: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Check, without trusting the site that published it, that a fact-check is in its public log. Standard library only.

    verify_proof.py --key KEY RECORD PROOF           one record with its proof, offline
    verify_proof.py --key KEY --url SITE             every revision of every claim on a site
    verify_proof.py --key KEY --url SITE --since OLD --save NEW
                       that the log still contains the checkpoint kept in OLD, and all that was published since

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
import re
import sys
import time
import urllib.error
import urllib.parse
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
        data = b""
    check(text and base64.b64encode(data).decode() == text, f"this is not base64: {text[:40]!r}")
    check(length in (None, len(data)), f"{length} bytes were expected in {text[:40]!r}")
    return data


def number(text):
    check(re.fullmatch("0|[1-9][0-9]{0,17}", text), f"this is no number: {text[:40]!r}")
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
    a, r = decode_point(public), decode_point(signature[:32]) if len(signature) == 64 else None
    if a is None or r is None or (s := int.from_bytes(signature[32:], "little")) >= ORDER:
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


def read_checkpoint(note, keys):
    """(origin, size, root) of a checkpoint that one of the keys signed."""
    text, blank, signatures = note.rpartition("\n\n")
    check(blank and note.endswith("\n"), "the checkpoint is not a signed note")
    text, verified, lines = text + "\n", 0, text.split("\n")
    check(len(lines) >= 3 and all(lines), "the checkpoint lacks origin, size or root")
    for line in signatures[:-1].split("\n"):
        parts = line.split(" ")
        check(len(parts) == 3 and parts[0] == "—", "a signature line of the checkpoint is malformed")
        data = unbase64(parts[2])
        public = keys.get((parts[1], data[:4]))
        if public and parts[1] == lines[0]:  # a log's keys are named as the log is; others are not ours to judge
            check(ed25519_verifies(public, text.encode(), data[4:]), f"the signature of {parts[1]} is wrong")
            verified += 1
    check(verified, "no key of yours signed the checkpoint")
    return lines[0], number(lines[1]), unbase64(lines[2], 32)


# --- The tree, RFC 6962 §2.1 and RFC 9162 §2.1.3.2 ---------------------------------------------------------
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


def tree_hash(hashes):
    """MTH of leaf hashes."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node(tree_hash(hashes[:k]), tree_hash(hashes[k:]))


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
    what = f"revision {said['revision']} ({said['kind']}) of claim {said['claim']}"
    return f"holds: {what} is no. {said['seq']} of {size} in {origin}"


def verify_entry(record, entry, index):
    """The entry, which must belong to this record."""
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
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - main() takes web addresses only
                return answer.read()
        except urllib.error.HTTPError as error:
            wait, said = error.headers.get("Retry-After", ""), error.read(200).decode(errors="replace").strip()
            check(error.code == 429 and wait.isdigit(), f"{url} answered {error.code}: {said}")
            time.sleep(min(int(wait), 60) + 1)


def fetch_tile(site, level, index, size):
    """A tile of the tree of ``size`` leaves; level is 0 for leaf hashes or "entries" (tlog-tiles)."""
    width, rest = min(256, size - index * 256), index // 1000
    name = f"{index % 1000:03d}" + (f".p/{width}" if width < 256 else "")
    while rest:
        name, rest = f"x{rest % 1000:03d}/{name}", rest // 1000
    return fetch(f"{site}/log/tile/{level}/{name}")


def leaf_hashes(site, size):
    """The hashes of all leaves."""
    data = b"".join(fetch_tile(site, 0, index, size) for index in range(-(-size // 256)))
    check(len(data) == 32 * size, "a tile is cut off")
    return [data[i : i + 32] for i in range(0, len(data), 32)]


def entries(site, first, size):
    """The entries from place ``first`` on, each with its place."""
    for index in range(first // 256, -(-size // 256)):
        bundle, at, place = fetch_tile(site, "entries", index, size), 0, index * 256
        while at < len(bundle):
            end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
            if place >= first:
                yield place, bundle[at + 2 : end]
            at, place = end, place + 1
        check(place == min(size, (index + 1) * 256), "a bundle of entries is cut off")


def verify_site(site, keys, since, save):
    """One sentence about all records, or with ``since`` about those logged after that checkpoint was kept."""
    note, old, old_root = fetch(f"{site}/log/checkpoint").decode(), 0, tree_hash([])
    origin, size, root = read_checkpoint(note, keys)
    if since:
        old_origin, old, old_root = read_checkpoint(Path(since).read_text(encoding="utf-8"), keys)
        check(old_origin == origin, f"the older checkpoint is of another log, {old_origin}")
        check(old <= size, f"the log shrank from {old} to {size} records")
    hashes = leaf_hashes(site, size)
    check(tree_hash(hashes) == root, "the tree is not the one whose root was signed")
    check(tree_hash(hashes[:old]) == old_root, "the log was rewritten: it does not contain the older checkpoint")
    for place, entry in entries(site, old, size):
        check(leaf(entry) == hashes[place], f"the entry of no. {place + 1} is not the one in the tree")
        said = json.loads(entry)
        record = fetch(f"{site}/api/v1/claims/{said['claim']}/revisions/{said['revision']}/")
        check(hashlib.sha256(record).hexdigest() == said["record_sha256"], f"no. {place + 1} is not what was logged")
        slug = urllib.parse.quote(json.loads(record)["claim"]["slug"])
        proof = fetch(f"{site}/claims/{slug}/r{said['revision']}.tlog-proof")
        verify_record(record, proof.decode(), keys)
    if save:
        Path(save).write_text(note, encoding="utf-8")
    grew = f"; it contains the log of {old} records that was kept, and grew by {size - old}" if since else ""
    return f"holds: {origin} with {size} records{grew}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", required=True, help="the verifier key, or a file with one or more")
    parser.add_argument("--url", help="check a whole site")
    parser.add_argument("--since", metavar="FILE", help="with --url: an older checkpoint that the log must contain")
    parser.add_argument("--save", metavar="FILE", help="with --url: where to keep the newest checkpoint when all holds")
    parser.add_argument("files", nargs="*", metavar="RECORD PROOF")
    options = parser.parse_args()
    if len(options.files) != (0 if options.url else 2) or ((options.since or options.save) and not options.url):
        parser.error("give a record and its proof, or --url")
    if options.url and not options.url.startswith(("http://", "https://")):
        parser.error("--url begins with http:// or https://")
    try:
        keys = read_keys(options.key)
        if options.url:
            print(verify_site(options.url.rstrip("/"), keys, options.since, options.save))
        else:
            record, proof = (Path(file).read_bytes() for file in options.files)
            print(verify_record(record, proof.decode(), keys))
    except Exception as failure:  # any error means that nothing is proved
        print(f"does not hold: {failure if isinstance(failure, Failed | OSError | ValueError) else repr(failure)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What is signed of the log, what is refused, and that tiles say the same as the whole tree."""

import json
import threading
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from articles.models import Head, Record, Subtree
from articles.selectors.readers import log as readers_log
from articles.services.log import checkpoints, publication_log, signing_keys
from lib.transparency import merkle, signed_notes
from partners.models import Event
from tests import newsroom
from tools import verify_proof

ORIGIN = "facts.example.org/log"


@pytest.fixture(autouse=True)
def signer(settings, tmp_path):
    """The log's key and the file of its checkpoints."""
    settings.LOG_ORIGIN = ORIGIN
    settings.LOG_CHECKPOINT_FILE = str(tmp_path / "var" / "checkpoints.log")
    signer = signed_notes.generate(ORIGIN)
    settings.LOG_SIGNING_KEY = signer.secret_key()
    return signer


def grow(records):
    """Append so many records of a claim each, without the desk behind them."""
    for _ in range(records):
        claim = uuid4()
        publication_log.append(
            {
                "claim": {
                    "id": str(claim),
                    "url": "https://facts.example.org/claims/x/",
                    "language": "en",
                    "topics": [],
                }
            },
            claim_id=claim,
            revision=1,
            kind="published",
            at=newsroom.AT,
            previous=None,
        )


def put_back(seq):
    """What restoring an older backup does to the log."""
    root = bytes(Record.objects.get(seq=seq).root)
    frontier: list[bytes] = []
    for n, leaf in enumerate(Record.objects.filter(seq__lte=seq).values_list("leaf", flat=True)):
        frontier = merkle.append(frontier, n, bytes(leaf))
    assert merkle.root(frontier) == root
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_record DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM articles_record WHERE seq > %s", [seq])
        cursor.execute("ALTER TABLE articles_record ENABLE TRIGGER USER")
    Event.objects.filter(seq__gt=seq).delete()  # in the same database, so put back with it
    Head.objects.update(seq=seq, root=root, frontier=frontier)


def kept(settings):
    return [json.loads(line) for line in Path(settings.LOG_CHECKPOINT_FILE).read_text().splitlines()]


@pytest.mark.django_db
def test_a_checkpoint_is_a_signed_note_of_the_head(client, signer):
    grow(3)
    answer = client.get("/log/checkpoint")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    keys = verify_proof.read_keys(client.get("/log/key").content.decode().strip())
    assert verify_proof.read_checkpoint(answer.content.decode(), keys) == (ORIGIN, 3, bytes(Head.objects.get().root))


@pytest.mark.django_db
def test_an_empty_log_has_a_checkpoint_too(client):
    assert client.get("/log/checkpoint").content.decode().splitlines()[1] == "0"


@pytest.mark.django_db
def test_each_tree_size_is_signed_and_stored_once(settings):
    for size in (1, 2):
        grow(1)
        assert checkpoints.current() == checkpoints.current()
        assert checkpoints.current().size == size
    assert [(line["origin"], line["size"]) for line in kept(settings)] == [(ORIGIN, 1), (ORIGIN, 2)]


@pytest.mark.django_db
def test_a_log_restored_to_an_older_state_is_not_signed(client, settings, caplog):
    grow(3)
    assert client.get("/log/checkpoint").status_code == 200
    put_back(2)
    answer = client.get("/log/checkpoint")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert "A checkpoint of 3 records was signed, and the log now has 2" in answer.content.decode()
    assert "No checkpoint is signed." in caplog.text
    grow(2)
    assert "the log was rewritten" in client.get("/log/checkpoint").content.decode()
    with pytest.raises(CommandError, match="First bad seq: 3: a checkpoint of this size was signed for another tree"):
        call_command("verify_log", stdout=StringIO())
    assert [line["size"] for line in kept(settings)] == [3]
    assert client.get("/claims/").status_code == 200


@pytest.mark.django_db
def test_verify_log_reports_records_missing_from_a_signed_checkpoint():
    grow(3)
    checkpoints.current()
    put_back(2)
    with pytest.raises(CommandError, match="First bad seq: 3: a checkpoint was signed for 3 records"):
        call_command("verify_log", stdout=StringIO())


@pytest.mark.django_db
def test_a_new_epoch_signs_checkpoints_under_a_new_origin(client, settings):
    grow(3)
    checkpoints.current()
    put_back(2)
    epoch, out = Head.objects.get().epoch, StringIO()
    call_command("new_epoch", stdout=out)
    assert Head.objects.get().epoch != epoch
    assert str(Head.objects.get().epoch) in out.getvalue()
    assert client.get("/log/checkpoint").status_code == 503
    settings.LOG_ORIGIN = f"{ORIGIN}/2"
    assert "is named" in client.get("/log/checkpoint").content.decode()
    settings.LOG_SIGNING_KEY = signed_notes.generate(f"{ORIGIN}/2").secret_key()
    assert client.get("/log/checkpoint").content.decode().startswith(f"{ORIGIN}/2\n2\n")
    call_command("verify_log", stdout=StringIO())


@pytest.mark.django_db
def test_in_the_checkpoint_file_a_torn_line_is_dropped_and_a_foreign_line_stops_signing(client, settings):
    grow(1)
    checkpoints.current()
    path = Path(settings.LOG_CHECKPOINT_FILE)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"origin": "facts.exa')
    grow(1)
    assert client.get("/log/checkpoint").status_code == 200
    assert [line["size"] for line in kept(settings)] == [1, 2]
    path.write_bytes(b"# edited\n" + whole)
    assert client.get("/log/checkpoint").status_code == 503
    with pytest.raises(CommandError, match="cannot be compared"):
        call_command("verify_log", stdout=StringIO())


@pytest.mark.django_db
def test_during_a_key_rotation_both_keys_sign(client, settings, signer):
    grow(1)
    new = signed_notes.generate(ORIGIN)
    settings.LOG_SIGNING_KEY = f"{signer.secret_key()},{new.secret_key()}"
    note = client.get("/log/checkpoint").content.decode()
    assert note.count("\n— ") == 2
    assert client.get("/log/key").content.decode() == f"{signer.verifier_key()}\n{new.verifier_key()}\n"
    for one in (signer, new):
        assert verify_proof.read_checkpoint(note, verify_proof.read_keys(one.verifier_key()))[1] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "This site has no key to sign its log with yet"),
        ("secret-nonsense", "PRIVATE+KEY+name+id+base64"),
        (f"PRIVATE+KEY+{ORIGIN}+00000000+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "do not belong together"),
        (f"PRIVATE+KEY+{ORIGIN}+00000000+AYEK", "not an Ed25519 key"),
        ("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "is named PeterNeumann"),
    ],
    ids=["none", "nonsense", "wrong-id", "short", "another-log"],
)
def test_without_a_usable_key_nothing_is_signed_and_the_site_goes_on(client, settings, people, key, said):
    claim = newsroom.published(people)
    settings.LOG_SIGNING_KEY = key
    for address in ("/log/checkpoint", "/log/key", f"/claims/{claim.slug}/r1.tlog-proof"):
        answer = client.get(address)
        assert (answer.status_code, said in answer.content.decode()) == (503 if key else 404, True)
        assert answer.get("Retry-After") == ("60" if key else None)
        assert answer["Cache-Control"] == "no-store"
        assert not key or key not in answer.content.decode()
    assert client.get(f"/claims/{claim.slug}/").status_code == client.get("/log/tile/0/000.p/1").status_code == 200


def test_the_signing_key_can_be_read_from_a_file(settings, tmp_path, signer):
    path = tmp_path / "key"
    path.write_text(settings.LOG_SIGNING_KEY + "\n")
    settings.LOG_SIGNING_KEY, settings.LOG_SIGNING_KEY_FILE = "", str(path)
    assert [one.key_id for one in signing_keys.signers()] == [signer.key_id]
    path.unlink()
    with pytest.raises(signing_keys.NoSigningKeyError, match="cannot be read"):
        signing_keys.signers()


def test_in_debug_one_signing_key_is_made_by_the_first_process(settings, tmp_path):
    settings.DEBUG, settings.LOG_SIGNING_KEY, settings.VAR_DIR = True, "", tmp_path
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(signing_keys.signers()[0].key_id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (path,) = tmp_path.glob("*log-key*")
    assert (len(found), len(set(found)), path.stat().st_mode & 0o777) == (8, 1, 0o600)


def test_the_command_for_new_keys_prints_a_usable_key(settings):
    out = StringIO()
    call_command("log_key", stdout=out)
    secret, *_, public = out.getvalue().splitlines()
    settings.LOG_SIGNING_KEY = secret.removeprefix("LOG_SIGNING_KEY=")
    assert signing_keys.signers()[0].verifier_key() == public
    with pytest.raises(CommandError, match="no spaces"):
        call_command("log_key", name="two words", stdout=out)


@pytest.mark.django_db
def test_a_log_of_more_than_256_records_is_served_in_several_tiles(client):
    grow(600)
    leaves = [bytes(leaf) for leaf in Record.objects.values_list("leaf", flat=True)]
    assert [(row.level, row.index) for row in Subtree.objects.all()] == [(1, 0), (1, 1)]
    root = verify_proof.tree_hash(leaves)
    assert root == bytes(Head.objects.get().root)
    for index in (0, 1, 255, 256, 511, 512, 598, 599):
        with CaptureQueriesContext(connection) as queries:
            proof = readers_log.inclusion_proof(index, 600)
        assert sum(query["sql"].startswith("SELECT") for query in queries) <= 3
        verify_proof.verify_inclusion(index, 600, leaves[index], proof, root)
    assert client.get("/log/tile/0/001").content == b"".join(leaves[256:512])
    assert client.get("/log/tile/0/002.p/88").content == b"".join(leaves[512:])
    halves = [verify_proof.tree_hash(leaves[:256]), verify_proof.tree_hash(leaves[256:512])]
    assert client.get("/log/tile/1/000.p/2").content == b"".join(halves)
    call_command("verify_log", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_subtree DISABLE TRIGGER USER")
        cursor.execute("UPDATE articles_subtree SET hash = sha256('x') WHERE index = 1")
    with pytest.raises(CommandError, match="First bad seq: 512: the tree's tile 1 of level 0 is kept as another hash"):
        call_command("verify_log", stdout=StringIO())


@pytest.mark.django_db
def test_entry_bundles_hash_to_the_leaves_of_the_tiles(client):
    grow(5)
    bundle = client.get("/log/tile/entries/000.p/4")
    assert (bundle["Content-Type"], "immutable" in bundle["Cache-Control"]) == ("application/octet-stream", True)
    data, hashes = bundle.content, b""
    while data:
        length = int.from_bytes(data[:2], "big")
        hashes, data = hashes + merkle.leaf(data[2 : 2 + length]), data[2 + length :]
    assert hashes == client.get("/log/tile/0/000.p/4").content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "0/000",
        "0/000.p/6",
        "0/000.p/0",
        "0/000.p/05",
        "0/000.p/256",
        "0/001.p/1",
        "1/000.p/1",
        "00/000.p/5",
        "64/000.p/1",
        "99/000.p/1",
        "0/0.p/5",
        "0/x000/000.p/5",
        "0/x999/x999/x999/x999/x999/x999/999.p/1",
        "entries/000",
        "entries/000.p/6",
        "nothing/000.p/5",
        "0/-01.p/5",
        "0/٠٠٠.p/5",
        "0/000.p/5/",
        "0//000.p/5",
        "0/%00",
    ],
)
def test_malformed_or_missing_tile_addresses_are_not_found(client, address):
    grow(5)
    assert client.get("/log/tile/0/000.p/5").status_code == 200
    answer = client.get(f"/log/tile/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.django_db
def test_log_addresses_refuse_other_methods_than_get(client, people):
    claim = newsroom.published(people)
    for address in ("/log/checkpoint", "/log/key", "/log/tile/0/000.p/1", f"/claims/{claim.slug}/r1.tlog-proof"):
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405
    for address in (
        f"/claims/{claim.slug}/r2.tlog-proof",
        "/claims/none/r1.tlog-proof",
        f"/claims/{claim.slug}/r{9**30}.tlog-proof",
    ):
        assert client.get(address).status_code == 404
    page = client.get(f"/claims/{claim.slug}/r1/").content.decode()
    assert f'href="/claims/{claim.slug}/r1.tlog-proof"' in page


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_concurrent_requests_store_each_checkpoint_once_and_in_order(people, settings):
    failures: list[BaseException] = []

    def sign() -> None:
        try:
            for _ in range(30):
                checkpoints.current()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        newsroom.published(people)
    for thread in threads:
        thread.join()
    assert failures == []
    assert checkpoints.current().size == 6
    sizes = [line["size"] for line in kept(settings)]
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == 6


def own_by(settings, *, database=None, epoch=None):
    """Turn the last line of the file into one of another database or epoch, and return the whole file."""
    path = Path(settings.LOG_CHECKPOINT_FILE)
    lines = kept(settings)
    lines[-1] |= {key: value for key, value in (("database", database), ("epoch", epoch)) if value is not None}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path.read_bytes()


@pytest.mark.django_db
def test_a_copy_of_the_database_writes_nothing_into_the_file_of_the_original(client, settings):
    grow(2)
    epoch = str(Head.objects.get().epoch)
    assert checkpoints.current().size == 2
    before = own_by(settings, database="7000000000000000000/16384")
    grow(1)
    answer = client.get("/log/checkpoint")
    assert answer.status_code == 503
    words = answer.content.decode()
    assert "This database is a copy" in words
    assert f"belongs to {ORIGIN}, epoch {epoch}" in words
    assert "checkpoint_owner --take-over" in words
    assert Path(settings.LOG_CHECKPOINT_FILE).read_bytes() == before


@pytest.mark.django_db
def test_a_database_that_replaces_the_former_one_takes_the_file_over(settings):
    grow(2)
    checkpoints.current()
    own_by(settings, database="7000000000000000000/16384")
    out = StringIO()
    call_command("checkpoint_owner", stdout=out)
    assert "This is another database" in out.getvalue()
    call_command("checkpoint_owner", "--take-over", stdout=out)
    assert "This is that database" in out.getvalue()
    assert [line["size"] for line in kept(settings)] == [2, 2]
    grow(1)
    assert checkpoints.current().size == 3


@pytest.mark.django_db
def test_yesterdays_database_cannot_take_over_todays_file(settings):
    grow(3)
    checkpoints.current()
    before = own_by(settings, database="7000000000000000000/16384")
    put_back(2)
    with pytest.raises(CommandError, match=f"3 records was signed.* now has 2.*belongs to {ORIGIN}, epoch"):
        call_command("checkpoint_owner", "--take-over")
    assert Path(settings.LOG_CHECKPOINT_FILE).read_bytes() == before


@pytest.mark.django_db
def test_another_epoch_is_not_signed_under_the_same_origin(client, settings):
    grow(2)
    checkpoints.current()
    former = str(uuid4())
    before = own_by(settings, epoch=former)
    grow(1)
    assert f"belongs to {ORIGIN}, epoch {former}" in client.get("/log/checkpoint").content.decode()
    with pytest.raises(CommandError, match="has the epoch"):
        call_command("checkpoint_owner", "--take-over")
    assert Path(settings.LOG_CHECKPOINT_FILE).read_bytes() == before


@pytest.mark.django_db
def test_a_file_of_the_first_edition_is_continued_and_gets_an_owner(settings):
    grow(1)
    checkpoints.current()
    path = Path(settings.LOG_CHECKPOINT_FILE)
    first = {key: value for key, value in kept(settings)[0].items() if key != "database"}
    path.write_text(json.dumps(first) + "\n")
    grow(1)
    assert checkpoints.current().size == 2
    assert kept(settings)[0] == first
    assert kept(settings)[1]["database"] == readers_log.database() != ""

"""The log asks real witnesses over a socket, and publishes what they sign below its own signature."""

import threading
from datetime import timedelta

import pytest

from articles.models import Cosignature
from articles.services.log import checkpoints, witnesses
from articles.services.log.witnesses import WitnessesError, WitnessSettingError
from jobs.table import BY_NAME
from lib.safehttp.policy import Policy
from lib.transparency import cosignatures, signed_notes
from lib.transparency.cosignatures import NOTE, Verifier
from lib.transparency.witness import Witness, serve
from tests import newsroom
from tests.articles.log.test_checkpoints import ORIGIN, grow, put_back, signer  # noqa: F401 - a fixture
from tools import verify_proof

pytestmark = pytest.mark.django_db
LOOPBACK = Policy(http=True, loopback=True)


class Running:
    """A witness that listens on the loopback address."""

    def __init__(self, name, log_key, folder):
        self.witness = Witness(signed_notes.generate(name), (log_key,), folder)
        self.server = serve(self.witness, port=0)
        self.key = cosignatures.verifier(self.witness.signer)
        self.line = f"{self.key} http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def two(signer, settings, tmp_path):  # noqa: F811
    """Two witnesses that the log knows."""
    key = Verifier(ORIGIN, NOTE, signer.public_bytes)
    found = []
    for name in ("one.example", "two.example"):
        (tmp_path / name).mkdir()
        found.append(Running(name, key, tmp_path / name))
    settings.LOG_WITNESSES = "\n".join(one.line for one in found)
    yield found
    for one in found:
        one.stop()


def ask(at=newsroom.AT):
    return witnesses.ask_all(at=at, policy=LOOPBACK)


def published(client):
    answer = client.get("/log/checkpoint")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_witnesses_sign_stands_below_the_logs_own_signature(client, two, signer):  # noqa: F811
    grow(3)
    own = published(client)
    assert own.count("— ") == 1
    assert ask() == "2 of 2 witnesses signed 3 records"
    note = published(client)
    assert note.startswith(own)
    text, lines = cosignatures.split(note)
    assert [line.split(" ")[1] for line in lines.splitlines()] == [ORIGIN, "one.example", "two.example"]
    for one in two:
        assert len(list(cosignatures.valid_lines(text, lines, one.key))) == 1
    keys = verify_proof.read_keys(signer.verifier_key())
    assert verify_proof.read_checkpoint(note, keys) == verify_proof.read_checkpoint(own, keys)


def test_a_log_that_grows_is_cosigned_again(client, two):
    for size in (1, 4, 260):
        grow(size - (Cosignature.objects.first().size if Cosignature.objects.exists() else 0))
        assert published(client).count("— ") == 1
        assert ask() == f"2 of 2 witnesses signed {size} records"
        assert published(client).count("— ") == 3
    assert {one.witness.newest(ORIGIN).size for one in two} == {260}


def test_a_witness_that_knows_another_size_is_asked_again_with_it(client, two):
    grow(3)
    ask()
    Cosignature.objects.all().delete()  # as after a restored backup
    grow(2)
    assert ask() == "2 of 2 witnesses signed 5 records"
    assert published(client).count("— ") == 3


def test_a_witness_that_is_away_holds_nothing_up_and_is_reported_after_an_hour(client, two):
    grow(2)
    two[0].stop()
    assert ask() == "1 of 2 witnesses signed 2 records"
    assert published(client).count("— ") == 2
    row = Cosignature.objects.get(key=str(two[0].key))
    assert (row.problem, row.failing_since) == ("No connection could be made.", newsroom.AT)
    with pytest.raises(WitnessesError, match=r"one\.example: No connection could be made\."):
        ask(newsroom.AT + timedelta(hours=1))
    two[0].stop = lambda: None


def test_a_log_that_was_put_back_gets_no_cosignature(client, two, settings):
    grow(3)
    ask()
    put_back(2)
    settings.LOG_CHECKPOINT_FILE += ".new"  # not even our own memory is left
    assert ask() == "0 of 2 witnesses signed 2 records"
    assert published(client).count("— ") == 1
    assert "It has seen a log of 3 records" in Cosignature.objects.first().problem


def test_a_rewritten_log_gets_no_cosignature(client, two, settings):
    grow(3)
    ask()
    put_back(1)
    grow(4)
    settings.LOG_CHECKPOINT_FILE += ".new"
    assert ask() == "0 of 2 witnesses signed 5 records"
    assert "It answered 422" in Cosignature.objects.first().problem
    assert published(client).count("— ") == 1


def test_an_answer_that_another_key_signed_is_not_published(client, two, settings):
    grow(1)
    stranger = cosignatures.verifier(signed_notes.generate("one.example"))
    settings.LOG_WITNESSES = two[0].line.replace(str(two[0].key), str(stranger))
    assert ask() == "0 of 1 witnesses signed 1 records"
    assert "no valid cosignature" in Cosignature.objects.get().problem
    assert published(client).count("— ") == 1


def test_an_address_inside_the_network_is_refused(two):
    grow(1)
    assert witnesses.ask_all(at=newsroom.AT, policy=Policy()) == "0 of 2 witnesses signed 1 records"
    assert Cosignature.objects.first().size == 0
    assert two[0].witness.newest(ORIGIN).size == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("witness.example https://witness.example", "A public key reads"),
        ("{log} https://witness.example", "needs the key of a witness"),
        ("{witness}", "needs the key of a witness, a blank and the witness's address"),
        ("{witness} ftp://witness.example", "needs the key of a witness"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(line, message, settings, signer):  # noqa: F811
    witness = cosignatures.verifier(signed_notes.generate("witness.example"))
    settings.LOG_WITNESSES = line.format(log=signer.verifier_key(), witness=witness)
    with pytest.raises(WitnessSettingError, match=message):
        ask()


def test_without_witnesses_nothing_is_asked(client):
    grow(1)
    assert BY_NAME["ask_witnesses"].run() == "nothing to sign"
    assert published(client) == checkpoints.current().note


def test_a_publication_wakes_the_job(two, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    with django_capture_on_commit_callbacks(execute=True):
        grow(1)
    assert ProcrastinateJob.objects.filter(task_name="ask_witnesses").count() == 1

"""One effect for each Idempotency-Key, while the servers are killed: ``python -m bench.prove_idempotency``.

Real servers on loopback, over a database of their own that is made and dropped here. Every key is sent by several
callers at once, each of which repeats its request until it is answered; meanwhile a seeded hand kills a server (with
SIGKILL, so that nothing is tidied up) and starts it again. A pause between the insert and the commit, made by the
scratch database, sees to it that many are killed just there. Exit code 1 when a key had no effect, or two, or was
answered in two ways.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()  # before the imports that need its applications, hence their place

from django.db import connection  # noqa: E402

from articles.models import Submission  # noqa: E402
from partners.models import Answer, Partner  # noqa: E402
from partners.services import keys  # noqa: E402

#: Seconds that a submission's transaction is held open after its insert.
PAUSE = 0.15
_SLOW = f"""
CREATE SEQUENCE prove_begun; -- counts what was begun: no rollback takes a number back
CREATE FUNCTION prove_pause() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM nextval('prove_begun'), pg_sleep({PAUSE}); RETURN NULL; END $$;
CREATE TRIGGER prove_pause AFTER INSERT ON articles_submission FOR EACH STATEMENT EXECUTE FUNCTION prove_pause();
"""


@dataclass
class Server:
    """One server process group on a port of its own."""

    port: int
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it; callers try again until it listens."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--blocking-threads", "6", "--log-level", "critical"]
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "factcheck.wsgi:application"],
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """SIGKILL to the server and its worker."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def is_up(self) -> bool:
        """Whether it accepts connections."""
        with socket.socket() as probe:
            probe.settimeout(0.5)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass
class Tally:
    """What the callers saw."""

    counts: Counter[str] = field(default_factory=Counter)
    answers: "defaultdict[str, set[bytes]]" = field(default_factory=lambda: defaultdict(set))
    answered: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str) -> None:
        """Count one thing that was seen."""
        with self.lock:
            self.counts[name] += 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server(port: int) -> Server:
    """A server whose sessions in the database carry its port in their names."""
    address = f"{_database_url()}?application_name=prove-{port}"
    return Server(port, {**os.environ, "DATABASE_URL": address, "READERS_DATABASE_URL": "", "DEBUG": "1"})


def _database_url() -> str:
    given = connection.settings_dict
    login = quote(given["USER"], safe="") + (f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else "")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{login}@{quote(str(given['HOST']), safe='')}{port}/{given['NAME']}"


def _ask(port: int, secret: str, key: str) -> tuple[int, bytes, bool]:
    """One request: status, body, and whether it says that it was answered before."""
    body = {
        "claim": f"Statement {key}",
        "language": "en",
        "appearance": {"url": "https://a.example/"},
        "reference": key,
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/submissions/",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json", "Idempotency-Key": key},
    )
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310
            return answer.status, answer.read(), answer.headers.get("Idempotent-Replayed") == "true"
    except urllib.error.HTTPError as error:
        return error.code, error.read(), False


def call(servers: list[Server], secret: str, key: str, tally: Tally, *, chance: random.Random, until: float) -> None:
    """Repeat the request until it is answered, as a partner's program would."""
    while time.monotonic() < until:
        try:
            status, body, replayed = _ask(chance.choice(servers).port, secret, key)
        except (OSError, urllib.error.URLError, ValueError) as error:
            refused = isinstance(getattr(error, "reason", error), ConnectionRefusedError)
            tally.add("not up yet" if refused else "cut off mid-request")
            time.sleep(chance.uniform(0.02, 0.15))
            continue
        if status == 201:
            tally.add("replayed" if replayed else "done")
            with tally.lock:
                tally.answers[key].add(body)
                tally.answered[key] += 1
            return
        tally.add(f"answered {status}")
        time.sleep(chance.uniform(0.02, 0.15))
    tally.add("gave up")


def harass(servers: list[Server], tally: Tally, *, chance: random.Random, over: threading.Event, kills: int) -> None:
    """Kill one server at a time, at most ``kills``, until it is over: two in three in the midst of an act."""
    aimed, last = chance.random() < 2 / 3, time.monotonic()
    while not over.wait(0.02) and tally.counts["kills"] < kills:
        if time.monotonic() - last < 0.3:
            continue
        victims = _acting(servers) if aimed else [server for server in servers if server.is_up()]
        if victims:
            victim = chance.choice(victims)
            victim.kill()
            tally.add("kills")
            victim.start()
            aimed, last = chance.random() < 2 / 3, time.monotonic()
    connection.close()


def _acting(servers: list[Server]) -> list[Server]:
    """The servers one of whose transactions is between its insert and its commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT application_name FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
        names = {name for (name,) in cursor.fetchall()}
    return [server for server in servers if f"prove-{server.port}" in names]


def judge(tally: Tally, names: list[str], callers: int) -> list[str]:
    """What is wrong, in words; nothing when every key had one effect and one answer."""
    effects = Counter(Submission.objects.values_list("reference", flat=True))
    wrong = [f"{name}: {effects[name]} effects" for name in names if effects[name] != 1]
    for name in names:
        if len(tally.answers[name]) != 1:
            wrong.append(f"{name}: {len(tally.answers[name])} different answers")
        if tally.answered[name] != callers:
            wrong.append(f"{name}: {tally.answered[name]} of {callers} calls answered")
    if set(effects) != set(names) or Answer.objects.count() != len(names):
        wrong.append(f"{sum(effects.values())} submissions and {Answer.objects.count()} keys for {len(names)}")
    tally.counts["killed between insert and commit"] = _begun() - sum(effects.values())
    if not tally.counts["killed between insert and commit"]:
        wrong.append("no act was cut off half-way: nothing was proved; try another seed or more kills")
    return wrong


def _begun() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM prove_begun")
        return int(cursor.fetchone()[0])


def _drive(servers: list[Server], secret: str, tally: Tally, names: list[str], arguments: argparse.Namespace) -> None:
    """Start the servers, send every key from all its callers at once, kill meanwhile; ends with no server left."""
    chance, over = random.Random(arguments.seed), threading.Event()  # noqa: S311
    until = time.monotonic() + arguments.seconds
    try:
        for server in servers:
            server.start()
        while not all(server.is_up() for server in servers) and time.monotonic() < until:
            time.sleep(0.2)
        killer = threading.Thread(
            target=harass, args=(servers, tally), kwargs={"chance": chance, "over": over, "kills": arguments.kills}
        )
        killer.start()
        with ThreadPoolExecutor(arguments.callers * 3) as pool:
            for name in names:
                for number in range(arguments.callers):
                    own = random.Random(f"{arguments.seed}/{name}/{number}")  # noqa: S311
                    pool.submit(call, servers, secret, name, tally, chance=own, until=until)
        over.set()
        killer.join()
    finally:
        over.set()
        for server in servers:
            server.kill()


def run(arguments: argparse.Namespace) -> int:
    """Send, kill, count; returns the exit code."""
    partner = Partner.objects.create(name="Proof", contact_email="proof@example.org")
    _, secret = keys.issue_key(partner=partner, name="proof", scopes=["submit"])
    with connection.cursor() as cursor:
        cursor.execute(_SLOW)
    servers = [_server(_free_port()) for _ in range(arguments.servers)]
    tally, start = Tally(), time.monotonic()
    names = [f"key-{number:03}" for number in range(arguments.keys)]
    _drive(servers, secret, tally, names, arguments)
    wrong = judge(tally, names, arguments.callers)
    counted = ", ".join(f"{name}: {count}" for name, count in sorted(tally.counts.items()))
    print(f"{len(names)} keys × {arguments.callers} calls, seed {arguments.seed}, {time.monotonic() - start:.0f} s")
    print(counted)
    print("\n".join(wrong) or f"exactly one effect for each of {len(names)} keys")
    return 1 if wrong else 0


def main() -> int:
    """Read the numbers, make the scratch database, and drop it in any case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--callers", type=int, default=12, help="simultaneous calls for each key")
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--kills", type=int, default=40, help="at most")
    parser.add_argument("--seconds", type=float, default=240, help="after which callers give up")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    connection.settings_dict["TEST"]["NAME"] = f"factcheck_proof_{os.getpid()}"
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return run(arguments)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

"""Proves that password guessers get nowhere and do not slow readers down: ``make prove-guessers``, about two minutes.

The site runs as in production: DEBUG off, granian with 32 threads, behind a proxy (the addresses of clients come in
``X-Forwarded-For``), on a scratch database that is made for it and dropped. Exit code 1 when something did not hold.

- Rounds without and with 16 guessers alternate. Readers' 95th percentile with them is at most ``RATIO`` times the one
  without them.
- The eleventh wrong password of an account is refused, and so is what comes after it.
- A thousand wrong passwords from one network, and from 200 networks against one account: as many are checked as the
  limits say, each leaves a log line, and nobody else is locked out. This part runs without the pause after a wrong
  password, with which it would last ten minutes.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import scratch, serving
from bench.prove_guessers import clients

#: Readers' 95th percentile with guessers, divided by the one without.
RATIO = 1.5
PASSWORD = "a long phrase for the proof"  # noqa: S105 - of people whom the proof makes
NAMES = [f"guessed-{number}" for number in range(10)]


def fill() -> list[str]:
    """The demo's claims and some people; returns addresses that readers open."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from accounts.roles import REPORTER
    from accounts.services import ensure_user
    from articles.models import PublishedClaim
    from demo import load, people

    call_command("migrate", verbosity=0)
    load.load(people.ensure())
    for name in [*NAMES, "target", "owner", "eleventh"]:
        ensure_user(username=name, password=PASSWORD, role=REPORTER, email=f"{name}@newsroom.example")
    slugs = PublishedClaim.objects.filter(is_retracted=False).values_list("slug", flat=True)[:30]
    found = ["/", "/claims/", *(f"/claims/{slug}/" for slug in slugs)]
    connections.close_all()
    return found


def slow_down(address: str, paths: Sequence[str], options: argparse.Namespace) -> Iterator[str]:
    """What is wrong with readers' times; prints them."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=clients.crowd, args=[address, NAMES, options.guessers, theirs], daemon=True)
    process.start()
    how = {"seconds": options.seconds, "pause": 0.01, "readers": 3}
    clients.read_for(address, paths, **how)  # every process is warm, every connection is made
    took: dict[str, list[float]] = {"quiet": [], "loud": []}
    for _ in range(options.rounds):
        for state in took:
            ours.send(state)
            took[state] += clients.read_for(address, paths, **how)
    ours.send("stop")
    statuses = Counter(ours.recv())
    process.join(60)
    quiet, loud = (_percentile(took[state], 0.95) for state in ("quiet", "loud"))
    middle = [_percentile(took[state], 0.5) * 1000 for state in took]
    print(
        f"readers: {len(took['quiet'])} requests without guessers, 95% within {quiet * 1000:.1f} ms (median "
        f"{middle[0]:.1f}); {len(took['loud'])} with {options.guessers} guessers, 95% within {loud * 1000:.1f} ms "
        f"(median {middle[1]:.1f}): ratio {loud / quiet:.2f}; guesses by status: {dict(statuses)}",
        flush=True,
    )
    if loud > RATIO * quiet and not options.no_bounds:
        yield f"readers wait {loud / quiet:.2f} times as long"
    if not statuses[200]:
        yield "no guess was checked, so nothing was proved"


def count(address: str, log: Path, tries: int) -> Iterator[str]:
    """What is wrong with the numbers of guesses that were checked; prints them."""
    client = clients.Client(address)
    client.open_form()
    eleven = [client.sign_in(("eleventh@newsroom.example", f"x{n}", f"10.9.{n}.1"))[0] for n in range(11)]
    for title, wrong, most in (
        ("from one network", [(f"none-{n}", "x", "10.50.0.1") for n in range(tries)], 60),
        ("from 200 networks, one account", [("target", f"x{n}", f"10.60.{n % 200}.1") for n in range(tries)], 10),
    ):
        before, lines = _checked(), _lines(log)
        statuses = Counter(client.sign_in(one)[0] for one in wrong)
        checked, written = _checked() - before, _lines(log) - lines
        print(
            f"{tries:,} wrong passwords {title}: {checked} checked, {dict(statuses)}, {written} log lines", flush=True
        )
        if not most <= checked <= most + 2 or statuses[429] != tries - checked:  # a token or two come in meanwhile
            yield f"{title}: {checked} were checked, the limit is {most}"
        if written < tries:
            yield f"{title}: only {written} log lines"
    right = {who: client.sign_in((who, PASSWORD, "10.70.0.1"))[0] for who in ("owner", "target")}
    print(f"eleven wrong passwords of an account: {eleven}; afterwards with the right password: {right}", flush=True)
    if right != {"owner": 302, "target": 429}:
        yield f"right passwords: {right}"
    if eleven != [200] * 10 + [429]:
        yield f"eleven wrong passwords: {eleven}"


def _checked() -> int:
    """How many wrong passwords were compared with a hash until now: each is a row of the history."""
    from accounts.choices import AccountAct
    from accounts.models import AccountEvent

    return AccountEvent.objects.filter(act=AccountAct.FAILED).count()


def _lines(log: Path) -> int:
    return log.read_text().count('"logger": "accounts.sign_in"')


def _percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> int:
    """Make the scratch database, prove, drop it in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1000, help="wrong passwords in each of the two counts")
    parser.add_argument("--guessers", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each round without and with guessers")
    parser.add_argument("--threads", type=int, default=32, help="blocking threads of the server")
    parser.add_argument("--no-bounds", action="store_true", help="readers' times are only printed")
    options = parser.parse_args()
    os.environ.update(serving.environment("http://127.0.0.1"), DJANGO_SETTINGS_MODULE="factcheck.settings")
    with tempfile.TemporaryDirectory() as folder, scratch.database_url("guessers", template=scratch.with_demo()):
        paths, log = fill(), Path(folder, "log")
        more = {"BEHIND_PROXY": "1", "SECURE_SSL_REDIRECT": "1", "LOG_LEVEL": "WARNING"}
        with serving.served(threads=options.threads, more=more, log=log) as address:
            faults = [*slow_down(address, paths, options)]
        with serving.served(threads=options.threads, more={**more, "SIGN_IN_PAUSE_SECONDS": "0"}, log=log) as address:
            faults += count(address, log, options.tries)
        from django.db import connections

        connections.close_all()
    print("; ".join(faults) or "guessers: held")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

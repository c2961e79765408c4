"""Asks whether the addresses of sources still answer: seldom, one after the other, and each host once in a run."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q

from articles.models import LinkCheck, Source
from articles.services.articles import fetching
from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy

#: Addresses of one run, and the time after which an address is asked again. One that failed is asked sooner.
PORTION, AGAIN_AFTER, FAILED_AGAIN_AFTER = 100, timedelta(days=14), timedelta(days=2)
#: So many checks in a row without an answer mean that an address stopped answering.
FAILURES_TO_MARK = 3
_LIMITS = Limits(total_seconds=10.0, max_bytes=16 * 1024)
#: Somebody answers there, even if not to a program, or with more than was read.
_ANSWERS = frozenset({401, 402, 403, 405, 406, 429, 451})
#: It answers with more than was read, or this installation may not ask there: nothing is known against it.
_FINE = frozenset({"too_large", "bad_url", "address_refused"})


@dataclass(slots=True)
class Checked:
    """How many addresses were asked, and how many of them did not answer."""

    asked: int = 0
    silent: int = 0

    def __str__(self) -> str:
        return f"{self.asked} addresses, {self.silent} without an answer"


def check_due(*, at: datetime, policy: Policy | None = None) -> Checked:
    """Check the addresses whose turn it is. Sources without an address, and confidential ones, are left alone."""
    counted, hosts = Checked(), set()
    policy = policy or fetching.fetch_policy()
    for source in _due(at):
        host = (urlsplit(source.url).hostname or "").lower()
        if host in hosts or (urlsplit(source.url).scheme == "http" and not policy.http):
            continue
        hosts.add(host)
        problem = _ask(source.url, policy)
        _record(source, problem, at)
        counted.asked += 1
        counted.silent += bool(problem)
        if counted.asked >= PORTION:
            break
    return counted


def has_stopped_answering(check: LinkCheck, *, url: str) -> bool:
    """Whether the address was asked several times in a row and nothing came. ``url`` is the address of today."""
    return check.url == url and check.failures >= FAILURES_TO_MARK


def _due(at: datetime) -> list[Source]:
    never = Q(link_check=None) | ~Q(link_check__url=F("url"))
    old = Q(link_check__checked_at__lt=at - AGAIN_AFTER)
    failed = Q(link_check__failures__gt=0, link_check__checked_at__lt=at - FAILED_AGAIN_AFTER)
    rows = Source.objects.exclude(url="").filter(is_confidential=False).filter(never | old | failed)
    return list(rows.order_by(F("link_check__checked_at").asc(nulls_first=True), "pk").only("id", "url")[: 5 * PORTION])


def _ask(url: str, policy: Policy) -> str:
    """Nothing when somebody answers there; else why not."""
    try:
        status = client.fetch(url, redirects=3, policy=policy, limits=_LIMITS).status
    except OutboundError as error:
        return "" if error.code in _FINE else error.code
    return "" if status < 400 or status in _ANSWERS else f"http_{status}"


def _record(source: Source, problem: str, at: datetime) -> None:
    before = LinkCheck.objects.filter(source=source, url=source.url).first()
    failures = (before.failures if before else 0) + 1 if problem else 0
    since = (before.failing_since if before else None) or at
    LinkCheck.objects.update_or_create(
        source=source,
        defaults={
            "url": source.url,
            "checked_at": at,
            "failures": failures,
            "failing_since": since if problem else None,
            "problem": problem[:40],
        },
    )

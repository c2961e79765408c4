"""Asks whether the addresses of sources still answer: seldom, one after the other, and each host once in a run."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.utils.translation import gettext as _

from articles.models import LinkCheck, Source
from articles.services.articles import fetching
from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy

#: Addresses of one run, and the time after which an address is asked again. One that failed is asked sooner.
PORTION, AGAIN_AFTER, FAILED_AGAIN_AFTER = 100, timedelta(days=14), timedelta(days=2)
#: So many checks in a row without an answer mean that an address stopped answering.
FAILURES_TO_MARK = 3
#: When none of so many answers, it is not the addresses.
ENOUGH = 5
_NOBODY = frozenset({"example", "invalid", "localhost", "test"})
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


class NoConnectionError(Exception):
    """No address answered: it is our own connection that fails, and nothing is known of the addresses."""


def check_due(*, at: datetime, policy: Policy | None = None) -> Checked:
    """Check the addresses whose turn it is. Sources without an address, and confidential ones, are left alone.

    Raises ``NoConnectionError``, with nothing recorded, when many were asked and none answered.
    """
    policy = policy or fetching.fetch_policy()
    problems = {source: _ask(source.url, policy) for source in _one_for_each_host(_due(at), policy)[:PORTION]}
    if len(problems) >= ENOUGH and all(problems.values()):
        raise NoConnectionError(
            _("None of %(n)s addresses answered. Can this machine reach the internet?") % {"n": len(problems)}
        )
    for source, problem in problems.items():
        _record(source, problem, at)
    return Checked(len(problems), sum(map(bool, problems.values())))


def _one_for_each_host(sources: list[Source], policy: Policy) -> list[Source]:
    """The first source of each host that may be asked. Names that stand for nobody (RFC 2606) are left out."""
    found: dict[str, Source] = {}
    for source in sources:
        address = urlsplit(source.url)
        host = (address.hostname or "").lower()
        if host.rsplit(".", 1)[-1] not in _NOBODY and (address.scheme != "http" or policy.http):
            found.setdefault(host, source)
    return list(found.values())


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

"""Very many open claims, as a newsroom has them after years: written past the triggers, which would take minutes."""

import random
import uuid
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from articles.models import (
    Appearance,
    Article,
    ArticleVersion,
    Claim,
    Claimant,
    Comment,
    Evidence,
    Rating,
    Source,
    Verdict,
)
from tests import newsroom

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
#: In half of the claims, in forty or so of each filling, and in one.
COMMON, SOME, RARE = "government", "reservoir", "lindholm"


def _word(number: int) -> str:
    made = random.Random(number)  # noqa: S311 - the same words in every run
    return "".join(made.choice(_SYLLABLES) for _ in range(made.randint(2, 4)))


def fill(count: int, *, by: User) -> None:
    """``count`` claims being checked, with claimants, articles, sources, verdicts, evidence and comments.

    Two of three are due within a few weeks: a calendar is nearly as full with 200 as with 20,000.
    """
    text = _texts(count)
    made: dict[str, Any] = {"created_by": by, "created_at": timezone.now()}
    few = max(count // 40, 1)
    claimants = [Claimant(name=text(n, 2), slug=uuid.uuid4().hex, **made) for n in range(few)]
    articles = [Article(title=text(n, 5), publisher=text(n, 2), slug=uuid.uuid4().hex, **made) for n in range(few)]
    sources = [Source(title=text(n, 6), slug=uuid.uuid4().hex, kind="document", **made) for n in range(few)]
    versions = [
        ArticleVersion(
            article=one, number=1, body="x", sha256=uuid.uuid4().hex, captured_at=timezone.now(), captured_by=by
        )
        for one in articles
    ]
    claims = [_claim(n, text, claimants[n % few], by, made) for n in range(count)]
    for number in range(0, count, max(count // 40, 1)):
        claims[number].text += f" {SOME}"
    claims[0].text += f" {RARE}"
    marks = [
        Appearance(claim=claim, article_version=versions[n % few], exact=text(n, 15), start=n, end=n + 1, **made)
        for n, claim in enumerate(claims)
    ]
    evidence = [
        Evidence(claim=claim, source=sources[n % few], stance="supports", quote=text(n, 20), **made)
        for n, claim in enumerate(claims[::2])
    ]
    comments = [Comment(claim=claim, text=text(n, 12), **made) for n, claim in enumerate(claims[::10])]
    _write(claimants, articles, sources, versions, claims, _verdicts(claims[::2], text, by), marks, evidence, comments)


def fill_sources(count: int, *, by: User) -> None:
    """``count`` sources with addresses, each cited twice, by twenty claims; half of them have the common word."""
    text = _texts(count)
    made: dict[str, Any] = {"created_by": by, "created_at": timezone.now()}
    claims = [newsroom.draft(by, text=f"{text(n, 8)} {count}") for n in range(20)]
    sources = [
        Source(
            title=text(n, 6),
            publisher=text(n + 1, 2),
            url=f"https://{_word(n)}.example/{count}/{n}",
            slug=uuid.uuid4().hex,
            kind="document",
            **made,
        )
        for n in range(count)
    ]
    sources[0].title += f" {RARE}"
    cited = [
        Evidence(claim=claims[n % 20], source=sources[n % count], stance="context", **made) for n in range(2 * count)
    ]
    _write(sources, cited)


def _texts(seed: int) -> Any:
    """A function that makes texts of so many words, some of the words much more often than others."""
    chance = random.Random(seed)  # noqa: S311
    words = [_word(number) for number in range(3000)]

    def text(number: int, length: int) -> str:
        chosen = [words[min(int(chance.paretovariate(0.6)) - 1, 2999)] for _ in range(length)]
        return " ".join([*([COMMON] if number % 2 else []), *chosen])

    return text


def _verdicts(claims: list[Claim], text: Any, by: User) -> list[Verdict]:
    given = {"rating": Rating.objects.current().first(), "proposed_by": by, "proposed_at": timezone.now()}
    return [
        Verdict(claim=claim, summary=text(n, 12), explanation_html=f"<p>{text(n, 120)}</p>", **given)
        for n, claim in enumerate(claims)
    ]


def _write(*everything: Any) -> None:
    tables = [type(rows[0])._meta.db_table for rows in everything]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for rows in everything:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
        cursor.execute(
            "SELECT gin_clean_pending_list(i.indexrelid::regclass) FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indexrelid"
            " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin' AND c.relname LIKE '%folded%'"
        )


def _claim(number: int, text: Any, claimant: Claimant, by: User, made: dict[str, Any]) -> Claim:
    entered = timezone.now() - timedelta(minutes=number * 7)
    return Claim(
        **{**made, "created_at": entered},
        updated_at=entered + timedelta(minutes=number % 400),
        slug=uuid.uuid4().hex,
        text=text(number, 10)[:480],
        claimant=claimant,
        stage="checking",
        assignee=by if number % 3 == 0 else None,
        due_on=timezone.localdate() + timedelta(days=number % 30 - 10) if number % 3 else None,
    )

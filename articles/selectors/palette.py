"""What the command palette finds by a few words: claims, articles, claimants, sources, topics and colleagues.

Names are compared folded, by their trigrams (the indexes of ``articles.folding``). What people work with now is looked
at first, one row after the other. All others are asked for only where that finds too little: even through an index, a
word that very many rows have would cost more the more rows there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db import connection, models, transaction
from django.db.models import Case, CharField, ExpressionWrapper, F, FloatField, Func, Q, Subquery, Value, When
from django.db.models.functions import Cast

from accounts.models import User
from articles import folding
from articles.folding.columns import Folded, set_likeness
from articles.models import Appearance, Article, Claim, Claimant, Evidence, Source, Topic

#: So many of each kind are found.
EACH: Final = 6
#: What is typed beyond this is not read.
MAX_TYPED: Final = 100
_LIKENESS: Final = 0.4
#: Words of up to so many letters are looked for as they are.
_EXACT: Final = 3
#: So many rows of a kind are looked at first.
_FIRST: Final = 300
#: Where so many of them are like the words, all others are asked only for the words as they were typed.
_TELLING: Final = 15


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found: ``detail`` is what distinguishes it from others (a stage, a publisher, a role)."""

    kind: str
    pk: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: who may find it, and its columns."""

    key: str
    permission: str
    rows: Callable[[], models.QuerySet[Any]]
    title: Any
    detail: Any
    folded: Folded
    #: Which rows are looked at first: their keys. There are few rows of a kind without it.
    first: Callable[[], models.QuerySet[Any]] | None = None


_TITLE: Final = Folded("title", "publisher")
_PERSON: Final = Case(
    When(Q(first_name="", last_name=""), then=F("username")),
    default=Func(F("first_name"), F("last_name"), template="%(expressions)s", arg_joiner=" || ' ' || "),
    output_field=CharField(),
)


def _kept(model: Any) -> Callable[[], models.QuerySet[Any]]:
    """The rows of a model that were not merged into others."""
    return lambda: model.objects.filter(merged_into=None)


def _newest(model: Any, by: str, column: str) -> Callable[[], models.QuerySet[Any]]:
    return lambda: model.objects.order_by(by).values(column)[:_FIRST]


_CLAIMS: Final = _newest(Claim, "-updated_at", "pk")
_CLAIMANTS: Final = _newest(Claim, "-updated_at", "claimant")
_ARTICLES: Final = _newest(Appearance, "-id", "article_version__article")
_SOURCES: Final = _newest(Evidence, "-id", "source")
KINDS: Final = (
    Kind("claim", "articles.view_claim", Claim.objects.all, F("text"), F("stage"), Folded("text"), _CLAIMS),
    Kind("article", "articles.view_article", Article.objects.all, F("title"), F("publisher"), _TITLE, _ARTICLES),
    Kind("claimant", "articles.view_claimant", _kept(Claimant), F("name"), F("role"), Folded("name"), _CLAIMANTS),
    Kind("source", "articles.view_source", _kept(Source), F("title"), F("publisher"), _TITLE, _SOURCES),
    Kind("topic", "articles.view_claim", _kept(Topic), F("name"), Value(""), Folded("name")),
    Kind(
        "person",
        "accounts.view_user",
        lambda: User.objects.filter(is_active=True),
        _PERSON,
        F("username"),
        Folded("first_name", "last_name", "username"),
    ),
)


def find(typed: str, user: User) -> list[Hit]:
    """What ``user`` may see of what has every word of ``typed``, the best of each kind first."""
    words = folding.words(typed[:MAX_TYPED].replace("\x00", " "))[:6]
    kinds = [kind for kind in KINDS if user.has_perm(kind.permission)]
    if not words or not kinds:
        return []
    with transaction.atomic():
        set_likeness(_LIKENESS)
        first = _rows([_statement(kind, words, kind.first) for kind in kinds if kind.first])
        enough = {kind.key for kind in kinds if sum(row.is_typed for row in first if row.kind == kind.key) >= EACH}
        told = {kind.key for kind in kinds if sum(row.kind == kind.key for row in first) >= _TELLING}
        left = [kind for kind in kinds if kind.key not in enough]
        others = _rows([_statement(kind, words, only_typed=kind.key in told) for kind in left])
    found = {(row.kind, row.pk): row for row in (*first, *others)}
    best = sorted(found.values(), key=lambda row: (-row.score, row.title))
    return [Hit(*row[:4]) for kind in kinds for row in [row for row in best if row.kind == kind.key][:EACH]]


class _Row(NamedTuple):
    """A row of the answer. ``is_typed``: it has each word as it was typed."""

    kind: str
    pk: str
    title: str
    detail: str
    score: float
    is_typed: bool


def _rows(statements: list[tuple[str, tuple[Any, ...]]]) -> list[_Row]:
    """What these find, in one statement."""
    if not statements:
        return []
    sql = " UNION ALL ".join(f"({sql})" for sql, _params in statements)
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _sql, params in statements for param in params])
        return [_Row(*row) for row in cursor.fetchall()]


def _statement(
    kind: Kind,
    words: list[str],
    first: Callable[[], models.QuerySet[Any]] | None = None,
    *,
    only_typed: bool = False,
) -> tuple[str, tuple[Any, ...]]:
    """The rows in which each word is found as it is typed, or with a typing error. The last word may be unfinished.

    Without ``first``, all rows are asked, by the index: it finds the beginning of a word as a likeness.
    """
    rows, column = kind.rows().order_by().annotate(folded_words=kind.folded), "folded_words"
    if first:
        compared = Func(F("folded_words"), template="(%(expressions)s || '')", output_field=models.TextField())
        rows, column = rows.filter(pk__in=Subquery(first())).annotate(compared_words=compared), "compared_words"
    typed = Q()
    for word in words:
        rows = rows.filter(**{f"{column}__trigram_word_similar": word})
        begins = Q(**{f"{column}__regex": rf"\m{word}"})
        rows = rows.filter(begins) if only_typed or len(word) <= _EXACT else rows
        typed &= begins
    likeness = Func(Value(" ".join(words)), F("folded_words"), function="word_similarity", output_field=FloatField())
    named = rows.annotate(
        hit_kind=Value(kind.key),
        hit_pk=Cast("pk", models.TextField()),
        hit_title=Cast(kind.title, models.TextField()),
        hit_detail=Cast(kind.detail, models.TextField()),
        hit_score=likeness,
        hit_typed=ExpressionWrapper(typed, models.BooleanField()),
    )
    chosen = named.values_list("hit_kind", "hit_pk", "hit_title", "hit_detail", "hit_score", "hit_typed")
    order = ("-hit_typed", "-hit_score", "hit_title") if first else ("-hit_score", "hit_title")
    made: tuple[str, tuple[Any, ...]] = chosen.order_by(*order)[: _TELLING if first else EACH].query.sql_with_params()
    return made

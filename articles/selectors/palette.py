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
from django.db.models.expressions import RawSQL
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
_FIRST: Final = 200
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
        first = _rows([_among_first(kind, words, kind.first()) for kind in kinds if kind.first])
        enough = {kind.key for kind in kinds if sum(row.is_typed for row in first if row.kind == kind.key) >= EACH}
        told = {kind.key for kind in kinds if sum(row.kind == kind.key for row in first) >= _TELLING}
        left = [kind for kind in kinds if kind.key not in enough]
        others = _rows([_among_all(kind, words, only_typed=kind.key in told) for kind in left])
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


def _rows(statements: list[tuple[str, list[Any]]]) -> list[_Row]:
    """What these find, in one statement."""
    if not statements:
        return []
    sql = " UNION ALL ".join(f"({sql})" for sql, _params in statements)
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _sql, params in statements for param in params])
        return [_Row(*row) for row in cursor.fetchall()]


def _among_first(kind: Kind, words: list[str], first: models.QuerySet[Any]) -> tuple[str, list[Any]]:
    """Of the rows that are looked at first those with each word; what was typed without an error comes first.

    They are read and folded once. OFFSET keeps the planner from comparing all rows before it knows which are the first.
    """
    rows = _named(kind.rows().order_by().filter(pk__in=Subquery(first)).annotate(folded_words=kind.folded), kind)
    inner, given = rows.values_list("hit_pk", "hit_title", "hit_detail", "folded_words").query.sql_with_params()
    begins = [rf"\m{word}" for word in words]
    alike = " AND ".join("t.folded ~ %s" if len(word) <= _EXACT else "t.folded %%> %s" for word in words)
    sql = f"""
        SELECT %s, t.pk, t.title, t.detail, word_similarity(%s, t.folded) AS score,
            {" AND ".join(["t.folded ~ %s"] * len(words))} AS is_typed
        FROM ({inner} OFFSET 0) AS t (pk, title, detail, folded) WHERE {alike}
        ORDER BY is_typed DESC, score DESC, t.title LIMIT {_TELLING}
        """  # noqa: S608
    wanted = [begin if len(word) <= _EXACT else word for word, begin in zip(words, begins, strict=True)]
    return sql, [kind.key, " ".join(words), *begins, *given, *wanted]


def _among_all(kind: Kind, words: list[str], *, only_typed: bool) -> tuple[str, list[Any]]:
    """The rows in which each word is found as it is typed, or with a typing error. The last word may be unfinished.

    The index finds the beginning of a word as a likeness, however short it is. The words are subqueries, because to
    compare constants with its statistics of long texts takes the planner longer than the search.
    """
    rows, typed = kind.rows().order_by().annotate(folded_words=kind.folded), Q()
    for word in words:
        rows = rows.filter(folded_words__trigram_word_similar=RawSQL("(SELECT %s)", (word,)))
        begins = Q(folded_words__regex=RawSQL("(SELECT %s)", (rf"\m{word}",)))
        rows = rows.filter(begins) if only_typed or len(word) <= _EXACT else rows
        typed &= begins
    likeness = Func(Value(" ".join(words)), F("folded_words"), function="word_similarity", output_field=FloatField())
    is_typed = ExpressionWrapper(typed, models.BooleanField())
    scored = _named(rows, kind).annotate(hit_kind=Value(kind.key), hit_score=likeness, hit_typed=is_typed)
    chosen = scored.values_list("hit_kind", "hit_pk", "hit_title", "hit_detail", "hit_score", "hit_typed")
    sql, given = chosen.order_by("-hit_score", "hit_title")[:EACH].query.sql_with_params()
    return sql, list(given)


def _named(rows: models.QuerySet[Any], kind: Kind) -> models.QuerySet[Any]:
    named: models.QuerySet[Any] = rows.annotate(
        hit_pk=Cast("pk", models.TextField()),
        hit_title=Cast(kind.title, models.TextField()),
        hit_detail=Cast(kind.detail, models.TextField()),
    )
    return named

"""What the command palette finds by a few words: claims, articles, claimants, sources, topics and colleagues.

One statement asks all tables. Names are compared folded, by their trigrams (the indexes of ``articles.folding``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models import Case, CharField, F, FloatField, Func, Q, Value, When
from django.db.models.functions import Cast

from accounts.models import User
from articles import folding
from articles.folding.columns import Folded
from articles.models import Article, Claim, Claimant, Source, Topic

#: So many of each kind are found.
EACH: Final = 6
#: What is typed beyond this is not read.
MAX_TYPED: Final = 100
_LIKENESS: Final = 0.4


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


_TITLE: Final = Folded("title", "publisher")
_PERSON: Final = Case(
    When(Q(first_name="", last_name=""), then=F("username")),
    default=Func(F("first_name"), F("last_name"), template="%(expressions)s", arg_joiner=" || ' ' || "),
    output_field=CharField(),
)


def _kept(model: Any) -> Callable[[], models.QuerySet[Any]]:
    """The rows of a model that were not merged into others."""
    return lambda: model.objects.filter(merged_into=None)


KINDS: Final = (
    Kind("claim", "articles.view_claim", lambda: Claim.objects.all(), F("text"), F("stage"), Folded("text")),
    Kind("article", "articles.view_article", lambda: Article.objects.all(), F("title"), F("publisher"), _TITLE),
    Kind("claimant", "articles.view_claimant", _kept(Claimant), F("name"), F("role"), Folded("name")),
    Kind("source", "articles.view_source", _kept(Source), F("title"), F("publisher"), _TITLE),
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
    statements = [_statement(kind, words) for kind in kinds]
    sql = " UNION ALL ".join(f"({sql})" for sql, _params in statements)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_LIKENESS)])
        cursor.execute(sql, [param for _sql, params in statements for param in params])
        return [Hit(kind, pk, title, detail) for kind, pk, title, detail, _score in cursor.fetchall()]


def _statement(kind: Kind, words: list[str]) -> tuple[str, tuple[Any, ...]]:
    """The rows in which each word is found as it is typed, or with a typing error. The last word may be unfinished."""
    rows = kind.rows().order_by().annotate(folded_words=kind.folded)
    for word in words:
        begins = Q(folded_words__regex=rf"\m{word}")
        rows = rows.filter(begins | Q(folded_words__trigram_word_similar=word) if len(word) > 3 else begins)
    likeness = Func(Value(" ".join(words)), F("folded_words"), function="word_similarity", output_field=FloatField())
    named = rows.annotate(
        hit_kind=Value(kind.key),
        hit_pk=Cast("pk", models.TextField()),
        hit_title=Cast(kind.title, models.TextField()),
        hit_detail=Cast(kind.detail, models.TextField()),
        hit_score=likeness,
    )
    chosen = named.values_list("hit_kind", "hit_pk", "hit_title", "hit_detail", "hit_score")
    made: tuple[str, tuple[Any, ...]] = chosen.order_by("-hit_score", "hit_title")[:EACH].query.sql_with_params()
    return made

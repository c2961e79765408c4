"""The places in which the desk's search looks for words, and two ways of looking: by the indexes, and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from articles.folding.columns import Folded, FoldedMarkup
from articles.models import Appearance, Article, Claim, Claimant, Comment, Evidence, Source, Verdict

#: Shorter words, and figures, are looked for as they are.
_EXACT_BELOW: Final = 4
#: So many articles, sources or claimants with a word lead to claims.
_LEADING: Final = 1_000
#: So much of a text is read for showing what was found in it.
_SHOWN: Final = 20_000
_TITLE: Final = ("title", "publisher")
_QUOTE: Final = ("quote", "locator", "note")
_EXPLANATION: Final = ("explanation_html",)


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are looked for: rows of a table, the expression over their columns, and how they lead to a claim."""

    key: str
    label: Any
    model: type[models.Model]
    folded: Folded
    claim: str
    weight: float
    columns: tuple[str, ...]

    def rows(self) -> models.QuerySet[Any]:
        """The rows that are looked at, with ``hit_claim`` and ``folded_words``; of verdicts each claim's newest."""
        rows: Any = self.model._default_manager.order_by()
        if self.model is Verdict:
            newest = Verdict.objects.filter(claim=OuterRef("claim")).order_by("-id").values("pk")[:1]
            rows = rows.filter(pk=Subquery(newest))
        found: models.QuerySet[Any] = rows.annotate(hit_claim=F(self.claim), folded_words=self.folded)
        return found.filter(hit_claim__isnull=False)

    def text(self) -> models.Func:
        """The words of the row as they are shown."""
        return models.Func(
            *self.columns, template="%(expressions)s", arg_joiner=" || ' ' || ", output_field=models.TextField()
        )


PLACES: Final = (
    Place("statement", _("Statement"), Claim, Folded("text"), "pk", 1.0, ("text",)),
    Place("headline", _("Headline"), Claim, Folded("headline"), "pk", 0.9, ("headline",)),
    Place("claimant", _("Claimant"), Claimant, Folded("name"), "claims", 0.9, ("name",)),
    Place("summary", _("Summary"), Verdict, Folded("summary"), "claim_id", 0.9, ("summary",)),
    Place("article", _("Article"), Article, Folded(*_TITLE), "versions__appearances__claim", 0.8, _TITLE),
    Place("passage", _("Passage"), Appearance, Folded("exact"), "claim_id", 0.8, ("exact",)),
    Place("source", _("Source"), Source, Folded(*_TITLE), "evidence__claim", 0.7, _TITLE),
    Place("evidence", _("Evidence"), Evidence, Folded(*_QUOTE), "claim_id", 0.7, _QUOTE),
    Place("explanation", _("Explanation"), Verdict, FoldedMarkup("explanation_html"), "claim_id", 0.6, _EXPLANATION),
    Place("comment", _("Comment"), Comment, Folded("text"), "claim_id", 0.5, ("text",)),
)
BY_KEY: Final = {place.key: place for place in PLACES}
TELLING_PLACES: Final = (BY_KEY["statement"], BY_KEY["passage"])


class Row(NamedTuple):
    """A word that was found in a text of a claim. ``place`` is a key of ``BY_KEY``; ``text`` is empty unless wished."""

    word: str
    claim: UUID
    place: str
    score: float
    text: str


def is_exact(word: str) -> bool:
    """Whether a word is looked for as it is, at the beginning of words, and not with typing errors."""
    return len(word) < _EXACT_BELOW or any(letter.isdigit() for letter in word)


def by_index(words: Sequence[str], *, limit: int) -> list[Row]:
    """Each word with the texts it is found in, up to ``limit`` of each place."""
    parts, params = [], []
    for exact in (True, False):
        group = [word for word in words if is_exact(word) is exact]
        if group:
            union, given = _union([_found_in(place, is_exact=exact, limit=limit) for place in PLACES])
            parts.append(f"SELECT w.word, h.* FROM unnest(%s::text[]) AS w (word), LATERAL ({union}) AS h")  # noqa: S608
            params += [group, *given]
    return _run(" UNION ALL ".join(parts), params) if parts else []


def within(
    words: Sequence[str], claims: Sequence[UUID], *, with_text: bool = False, places: Sequence[Place] = PLACES
) -> list[Row]:
    """Each word with the texts of these few claims it is found in.

    All their texts are folded once and compared with each word. An index would go through every row that has the word;
    OFFSET keeps the planner from comparing before it knows which texts are those of the claims.
    """
    if not words or not claims:
        return []
    texts, given = _union([_texts_of(place, claims, with_text=with_text) for place in places])
    return _run(
        f"""
        SELECT w.word, t.claim, t.place, t.weight * CASE WHEN t.place = 'explanation' THEN 1
            ELSE word_similarity(w.word, t.folded) END, t.shown
        FROM ({texts} OFFSET 0) AS t (claim, place, weight, folded, shown)
        JOIN unnest(%s::text[], %s::boolean[]) AS w (word, is_exact)
            ON CASE WHEN w.is_exact THEN t.folded ~ ('\\m' || w.word) ELSE t.folded %%> w.word END
        """,  # noqa: S608
        [*given, list(words), [is_exact(word) for word in words]],
    )


def in_one_text(words: Sequence[str], *, limit: int) -> dict[UUID, float]:
    """Claims that have all of these words in one text: here the indexes find what has all, however frequent each is."""
    made = []
    for place in PLACES:
        rows = place.rows()
        for word in words:
            rows = _having(rows, Value(word), is_exact=is_exact(word))
        score = Value(place.weight * len(words), output_field=models.FloatField())
        chosen = rows.annotate(hit_score=score).values_list("hit_claim", "hit_score")[:limit]
        made.append(chosen.query.sql_with_params())
    sql, params = _union(made)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def _union(statements: Sequence[tuple[str, tuple[Any, ...]]]) -> tuple[str, list[Any]]:
    sql = " UNION ALL ".join(f"({sql})" for sql, _given in statements)
    return sql, [param for _sql, given in statements for param in given]


def _run(sql: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row(*row) for row in cursor.fetchall()]


def _having(rows: models.QuerySet[Any], word: Any, *, is_exact: bool) -> models.QuerySet[Any]:
    """Those with the word. An index finds the beginning of a word only as a likeness, however short the word is."""
    rows = rows.filter(folded_words__trigram_word_similar=word)
    begins = models.Func(Value("\\m"), word, template="(%(expressions)s)", arg_joiner=" || ")
    return rows.filter(folded_words__regex=begins) if is_exact else rows


def _found_in(place: Place, *, is_exact: bool, limit: int) -> tuple[str, tuple[Any, ...]]:
    """The statement that looks for ``w.word`` in one place by its index."""
    rows, word = place.rows(), RawSQL("w.word", ())
    if place.model is Claim or place.claim == "claim_id":
        rows = _having(rows, word, is_exact=is_exact)
    else:
        # The rows are found first: the planner would go through the claims they lead to, and look at each again.
        found = place.model._default_manager.order_by().annotate(folded_words=place.folded)
        found = _having(found, word, is_exact=is_exact)
        rows = rows.filter(pk__in=Subquery(found.values("pk")[:_LEADING]))
    likeness: Any = models.Func(word, F("folded_words"), function="word_similarity", output_field=models.FloatField())
    if place.key == "explanation":  # long: to compare it once is enough
        likeness = Value(1.0)
    rows = rows.annotate(hit_place=Value(place.key), hit_score=likeness * place.weight, hit_text=Value(""))
    chosen = rows.values_list("hit_claim", "hit_place", "hit_score", "hit_text")[:limit]
    made: tuple[str, tuple[Any, ...]] = chosen.query.sql_with_params()
    return made


def _texts_of(place: Place, claims: Sequence[UUID], *, with_text: bool) -> tuple[str, tuple[Any, ...]]:
    """The statement that reads the texts of these claims in one place."""
    shown = Left(place.text(), _SHOWN) if with_text else Value("")
    weight = Value(place.weight, output_field=models.FloatField())
    rows = place.rows().filter(hit_claim__in=claims)
    rows = rows.annotate(hit_place=Value(place.key), hit_weight=weight, hit_text=shown)
    chosen = rows.values_list("hit_claim", "hit_place", "hit_weight", "folded_words", "hit_text")
    made: tuple[str, tuple[Any, ...]] = chosen.query.sql_with_params()
    return made

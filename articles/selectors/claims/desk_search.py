"""Search over everything that the desk knows about claims, tolerant of typing errors.

Words are compared folded (``articles.folding``) by their trigrams; each is looked for in every place of ``PLACES``, and
a claim is found when each word is in one of them. Words that occur in very many rows would cost more the more claims
there are: they are only looked for in claims that the other words found. When all words are frequent, the search shows
what has them in one text, and the newest claims that have them anywhere, and says that it does not show all. Even to
count the rows of such a word in an index costs more the more there are: with many claims, the newest tell first which
words are frequent. So a search costs about the same with 200 claims and with 20,000.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from articles import folding
from articles.folding.columns import Folded, FoldedMarkup, set_likeness
from articles.models import Appearance, Article, Claim, Claimant, Comment, Evidence, Source, Verdict

#: More words, and longer queries, are not looked for.
MAX_WORDS: Final = 6
MAX_QUERY: Final = 200
#: A word in more rows of one place than this is frequent.
FREQUENT: Final = 100
#: So many of the newest claims are looked at when all words are frequent.
NEWEST: Final = 100
#: With fewer claims than this, an index tells soon enough how many rows have a word.
MANY: Final = 2_000
#: So many articles, sources or claimants with a word lead to claims.
_LEADING: Final = 1_000
#: A word is taken for frequent when so many of the newest ``NEWEST`` claims have it in the statement or a passage.
TELLING: Final = 20
#: A search gives so many claims at most.
MOST_FOUND: Final = 400
#: How alike a word and the words of a text must be (``word_similarity`` of pg_trgm): one wrong letter in five or six.
LIKENESS: Final = 0.5
#: Shorter words, and figures, are looked for as they are.
_EXACT_BELOW: Final = 4
_TITLE: Final = ("title", "publisher")
_QUOTE: Final = ("quote", "locator", "note")
_EXPLANATION: Final = ("explanation_html",)
#: So much of a text is read for showing what was found in it.
_SHOWN: Final = 20_000


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
_BY_KEY: Final = {place.key: place for place in PLACES}
_TELLING_PLACES: Final = (_BY_KEY["statement"], _BY_KEY["passage"])


@dataclass(frozen=True, slots=True)
class Found:
    """The claims of a search, best first. ``is_cut`` when there are more than are shown."""

    ids: list[UUID]
    words: list[str]
    is_cut: bool = False
    #: Words that were not looked for, because there were too many.
    unread: list[str] = field(default_factory=list)
    #: Whether not all are found: every word is in very many claims.
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim was found: the place, and its text."""

    key: str
    label: Any
    text: str


def search(query: str, *, among: models.QuerySet[Claim] | None = None) -> Found:
    """The claims in which each word of ``query`` is found, the best first.

    ``among`` are those that pass the filters: of them the newest are looked at when all words are frequent.
    """
    every = list(dict.fromkeys(folding.words(query[:MAX_QUERY].replace("\x00", " "))))
    words, unread = every[:MAX_WORDS], every[MAX_WORDS:]
    if not words:
        return Found([], [])
    with transaction.atomic():
        set_likeness(LIKENESS)
        told = _told_frequent(words)
        hits = _hits([word for word in words if word not in told], limit=FREQUENT + 1)
        rare = {word: claims for word, (claims, is_frequent) in hits.items() if not is_frequent}
        chosen = _all_of(rare.values()) if rare else _newest(among)
        frequent = [word for word in words if word not in rare]
        if frequent and chosen:
            within = _hits(frequent, within=list(chosen))
            chosen = _all_of([chosen, *(claims for claims, _is_frequent in within.values())])
        if not rare and not told:
            chosen |= _in_one_text(words) if len(words) > 1 else hits[words[0]][0]
    ranked = sorted(chosen, key=lambda pk: (-chosen[pk], str(pk)))
    return Found(ranked[:MOST_FOUND], words, len(ranked) > MOST_FOUND, unread, is_partial=not rare)


def reasons(words: Sequence[str], claims: Sequence[UUID]) -> dict[UUID, Reason]:
    """For each of these claims of a search the place where its words are found best, and the text there."""
    if not claims:
        return {}
    best: dict[UUID, tuple[float, Reason]] = {}
    with transaction.atomic():
        set_likeness(LIKENESS)
        scores: dict[tuple[UUID, str, str], float] = defaultdict(float)
        for _word, claim, key, score, shown in _rows(list(words), within=list(claims), with_text=True):
            scores[claim, key, shown] += score
    for (claim, key, shown), score in scores.items():
        if claim not in best or score > best[claim][0]:
            best[claim] = (score, Reason(key, _BY_KEY[key].label, shown))
    return {claim: reason for claim, (_score, reason) in best.items()}


def _all_of(groups: Iterable[dict[UUID, float]]) -> dict[UUID, float]:
    """The claims that are in every group, with the sum of what they count there."""
    first, *others = groups
    return {
        pk: score + sum(other[pk] for other in others)
        for pk, score in first.items()
        if all(pk in other for other in others)
    }


def _newest(among: models.QuerySet[Claim] | None) -> dict[UUID, float]:
    rows = Claim.objects.all() if among is None else among
    newest = rows.order_by("-updated_at").values_list("pk", flat=True)[:NEWEST]
    return dict.fromkeys(newest, 0.0)


def _told_frequent(words: list[str]) -> set[str]:
    """Words that the newest claims show to be frequent, where there are so many claims that counting rows costs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [Claim._meta.db_table])
        if cursor.fetchone()[0] < MANY:
            return set()
    having: dict[str, set[UUID]] = defaultdict(set)
    for word, claim, *_rest in _rows(words, within=list(_newest(None)), places=_TELLING_PLACES):
        having[word].add(claim)
    return {word for word, claims in having.items() if len(claims) >= TELLING}


def _in_one_text(words: list[str]) -> dict[UUID, float]:
    """Claims that have all of these words in one text: here the indexes find what has all, however frequent each is."""
    made = []
    for place in PLACES:
        rows = place.rows()
        for word in words:
            how = "regex" if _is_exact(word) else "trigram_word_similar"
            rows = rows.filter(**{f"folded_words__{how}": rf"\m{word}" if _is_exact(word) else word})
        score = Value(place.weight * len(words), output_field=models.FloatField())
        chosen = rows.annotate(hit_score=score).values_list("hit_claim", "hit_score")[:FREQUENT]
        made.append(chosen.query.sql_with_params())
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({sql})" for sql, _params in made), [param for _sql, given in made for param in given]
        )
        return dict(cursor.fetchall())


def _is_exact(word: str) -> bool:
    return len(word) < _EXACT_BELOW or any(letter.isdigit() for letter in word)


def _hits(
    words: list[str], *, limit: int | None = None, within: list[UUID] | None = None
) -> dict[str, tuple[dict[UUID, float], bool]]:
    """For each word the claims it is found in with how well, and whether it is frequent: some place had more rows."""
    found: dict[str, dict[UUID, float]] = {word: {} for word in words}
    rows: dict[tuple[str, str], int] = defaultdict(int)
    for word, claim, key, score, _shown in _rows(words, limit=limit, within=within):
        found[word][claim] = max(score, found[word].get(claim, 0.0))
        rows[word, key] += 1
    frequent = {word for (word, _key), count in rows.items() if limit and count >= limit}
    return {word: (claims, word in frequent) for word, claims in found.items()}


def _rows(
    words: list[str],
    *,
    limit: int | None = None,
    within: list[UUID] | None = None,
    with_text: bool = False,
    places: Sequence[Place] = PLACES,
) -> list[tuple[str, UUID, str, float, str]]:
    """Each word with each claim, place and text it is found in, in one statement."""
    if not words:
        return []
    exact = [word for word in words if _is_exact(word)]
    alike = [word for word in words if word not in exact]
    parts, params = [], []
    for group, is_exact in ((exact, True), (alike, False)):
        if group:
            branches = [_branch(place, is_exact, limit, within, with_text) for place in places]
            union = " UNION ALL ".join(f"({sql})" for sql, _params in branches)
            parts.append(f"SELECT w.word, h.* FROM unnest(%s::text[]) AS w (word), LATERAL ({union}) AS h")  # noqa: S608
            params += [group, *(param for _sql, given in branches for param in given)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return list(cursor.fetchall())


def _having(rows: models.QuerySet[Any], words: str, is_exact: bool) -> models.QuerySet[Any]:
    """Those with ``w.word``. An index finds the beginning of a word only as a likeness, however short the word is."""
    rows = rows.filter(**{f"{words}__trigram_word_similar": RawSQL("w.word", ())})
    return rows.filter(**{f"{words}__regex": RawSQL("'\\m' || w.word", ())}) if is_exact else rows


def _branch(
    place: Place, is_exact: bool, limit: int | None, within: list[UUID] | None, with_text: bool
) -> tuple[str, tuple[Any, ...]]:
    """The statement that looks for ``w.word`` in one place: at the beginning of a word as it is, or misspelt."""
    rows, words = place.rows(), "folded_words"
    if within is not None:
        # Few claims: their rows are compared one by one. The index would go through every row that has the word.
        compared = models.Func(F(words), template="(%(expressions)s || '')", output_field=models.TextField())
        rows, words = rows.filter(hit_claim__in=within).annotate(compared_words=compared), "compared_words"
        rows = _having(rows, words, is_exact)
    elif place.model is Claim or place.claim == "claim_id":
        rows = _having(rows, words, is_exact)
    else:
        # The rows are found first: the planner would go through the claims they lead to, and look at each again.
        found = _having(place.model._default_manager.annotate(folded_words=place.folded), words, is_exact)
        rows = rows.filter(pk__in=Subquery(found.order_by().values("pk")[:_LEADING]))
    likeness: Any = models.Func(
        RawSQL("w.word", ()), F("folded_words"), function="word_similarity", output_field=models.FloatField()
    )
    if place.key == "explanation":  # long: to compare it once is enough
        likeness = Value(1.0)
    shown = Left(place.text(), _SHOWN) if with_text else Value("")
    rows = rows.annotate(hit_place=Value(place.key), hit_score=likeness * place.weight, hit_text=shown)
    chosen = rows.values_list("hit_claim", "hit_place", "hit_score", "hit_text")
    made: tuple[str, tuple[Any, ...]] = (chosen[:limit] if limit else chosen).query.sql_with_params()
    return made

"""Pages about the newsroom, as readers see them. Readers' connection only."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from articles.choices import PageKey
from articles.commitments import COMMITMENTS, Commitment, Proof
from articles.models import PageRevision
from articles.selectors.readers.connection import ALIAS


@dataclass(frozen=True, slots=True)
class Shown:
    """A proof with the page that holds it: ``title`` is empty where that page does not exist yet."""

    proof: Proof
    title: str
    is_there: bool


def published_pages(language: str) -> list[PageRevision]:
    """The newest revision of every page in the language nearest to ``language``, without the texts, withdrawn ones
    left out, in the order of ``PageKey``."""
    rows = _newest().defer("body_html").annotate(is_empty=Q(body_html=""))
    by_key: dict[str, list[PageRevision]] = {}
    for row in rows:
        if not row.is_empty:
            by_key.setdefault(row.key, []).append(row)
    return [_nearest(by_key[key], language) for key in PageKey.values if key in by_key]


def page(key: str, language: str) -> PageRevision:
    """The newest revision of a page in the language nearest to ``language``; one that withdraws it counts, too.

    Raises ``PageRevision.DoesNotExist``.
    """
    rows = list(_newest().filter(key=key))
    if not rows:
        raise PageRevision.DoesNotExist
    return _nearest([row for row in rows if not row.is_withdrawn] or rows, language)


def revised_at() -> datetime | None:
    """When a page was last published or withdrawn, in any language; None if there is no page."""
    newest: datetime | None = PageRevision.objects.using(ALIAS).aggregate(at=Max("published_at"))["at"]
    return newest


def revisions(of: PageRevision) -> list[PageRevision]:
    """Every revision of a page in the same language, newest first."""
    rows = PageRevision.objects.using(ALIAS).filter(key=of.key, language=of.language)
    return list(rows.order_by("-number"))


def evidence_pack(there: list[PageRevision]) -> list[tuple[Commitment, list[Shown]]]:
    """The commitments, each with the places where it can be seen, missing ones included; ``there`` is what
    ``published_pages`` gave."""
    titles = {row.key: row.title for row in there}
    return [(commitment, [_shown(proof, titles) for proof in commitment.proofs]) for commitment in COMMITMENTS]


def _shown(proof: Proof, titles: dict[str, str]) -> Shown:
    return Shown(proof, titles.get(proof.page, "") if proof.page else "", not proof.page or proof.page in titles)


def _newest() -> QuerySet[PageRevision]:
    rows = PageRevision.objects.using(ALIAS)
    return rows.order_by("key", "language", "-number").distinct("key", "language")


def _nearest(rows: list[PageRevision], language: str) -> PageRevision:
    """In this language, else in the same without its region, else in the site's own, else in any language."""
    wanted = (language, language.split("-")[0], settings.LANGUAGE_CODE, settings.LANGUAGE_CODE.split("-")[0])
    by_language = {row.language: row for row in rows}
    return next((by_language[tag] for tag in wanted if tag in by_language), rows[0])

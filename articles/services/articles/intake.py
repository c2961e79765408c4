"""Articles coming in: bytes to text, text to an article, the same text never twice."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from articles import phrases, rules, text
from articles.choices import EDITABLE_STAGES, CaptureMethod
from articles.models import Appearance, Article, ArticleVersion, Claim
from articles.services import audit, editing, passages
from articles.services.articles import identity
from articles.services.articles.identity import Identity
from articles.services.library import citations
from lib import extraction, languages
from lib.extraction import Extracted, ExtractionError, Place
from lib.refusals import NotAllowedError, RefusedError

#: BCP 47: the language is not known.
UNKNOWN_LANGUAGE = "und"


class UnreadableError(RefusedError):
    """A file that is no article text. Its ``code`` says why: ``extraction.ExtractionError`` has the list."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The outcome of taking in a text: its article, the version it is, and whether either is new."""

    article: Article
    version: ArticleVersion
    is_new_article: bool
    is_new_text: bool
    #: How many marked passages were looked for in the new text.
    passages: int = 0
    #: Sentences for the person who brought it in: what was decided without asking, and what is a guess.
    notes: tuple[str, ...] = ()


def read(data: bytes, *, name: str = "", charset: str = "", max_bytes: int = text.MAX_ARTICLE_BYTES) -> Extracted:
    """The text in a file's bytes, as ``extraction.read`` finds it. Raises ``UnreadableError`` with what to do."""
    try:
        found = extraction.read(data, name=name, charset=charset, max_bytes=max_bytes)
    except ExtractionError as error:
        raise UnreadableError(phrases.shown(error.said), code=error.code) from error
    return replace(found, notes=tuple(phrases.shown(note) for note in found.notes))


def check_body(body: str) -> str:
    """``body`` in its stored form. Raises ``UnreadableError`` when it is empty or too long. For pasted text."""
    cleaned = text.clean(body, field="body").strip()
    if text.is_blank(cleaned):
        raise UnreadableError(_("The article has no text. Paste it, or choose a file that holds it."), code="empty")
    if len(cleaned.encode()) > text.MAX_ARTICLE_BYTES:
        raise UnreadableError(
            _("This text is larger than 5 MB. Keep the article and leave the rest."), code="too_large"
        )
    return cleaned + "\n"


def import_text(
    *,
    body: str,
    by: User,
    at: datetime,
    how: CaptureMethod,
    title: str,
    url: str = "",
    article: Article | None = None,
    is_another_article: bool = False,
    places: tuple[Place, ...] = (),
    **fields: Any,
) -> ImportResult:
    """Store a text as a new article, or as the next version of the one it belongs to (``identity``, or ``article``).

    A text that is there already is returned, not stored twice. Marked passages are looked for in a new version.
    ``places``: pages or moments of the text. ``fields``: publisher, authors, published_on, language; an empty language
    is detected. Raises ``NotAllowedError``, ``UnreadableError``, ``ValidationError``.
    """
    if not rules.may_import_articles(by):
        raise NotAllowedError.for_(_("You do not have permission to import articles."))
    cleaned = check_body(body)
    known = version_with_text(cleaned)
    if known:
        return ImportResult(known.article, known, False, False)
    found = Identity(article) if article or is_another_article else identity.identify(url, cleaned)
    owner = found.article if found.is_sure else None
    notes = _notes(found) if owner else _notes(found) + _describe(fields, cleaned)
    try:
        with audit.act_as(by=by), transaction.atomic():
            known_one = _locked(owner)
            stored_in = known_one or _new(by=by, at=at, title=title, url=url, fields=fields)
            version = _next_version(stored_in, cleaned, places, captured_at=at, captured_by=by, how=how)
            checks = passages.examine(version) if known_one else []
    except (IntegrityError, ValidationError):
        twin = version_with_text(cleaned)  # somebody took in the same text at the same moment
        if twin is None:
            raise
        return ImportResult(twin.article, twin, False, False)
    return ImportResult(stored_in, version, known_one is None, True, len(checks), notes)


def _describe(fields: dict[str, Any], body: str) -> tuple[str, ...]:
    """Fill in what a new article's text says of itself; returns notes on it and on what is missing."""
    fields["language"], notes = language_for(fields.get("language") or "", body)
    return notes + missing_notes(fields)


def language_for(declared: str, body: str) -> tuple[str, tuple[str, ...]]:
    """The language to store for a text, and notes on it: the declared one, else the one its letters show.

    A declared language that the text contradicts is kept, since a person said it, with a note. Where nothing can be
    said, it is ``und`` (BCP 47: undetermined).
    """
    if declared:
        seen = languages.contradicts(declared, body)
        if not seen:
            return declared, ()
        return declared, (
            _("The language is given as “%(declared)s”, but the text looks like “%(seen)s”. Check it.")
            % {"declared": declared, "seen": seen},
        )
    guess = languages.detect(body)
    if guess.is_sure:
        return guess.language, (
            _("The language was told from the text: “%(language)s”.") % {"language": guess.language},
        )
    return UNKNOWN_LANGUAGE, (_("The language could not be told from the text. Choose it."),)


def missing_notes(fields: dict[str, Any]) -> tuple[str, ...]:
    """What is not known about a new article, in sentences."""
    asked = (("published_on", _("No date was found.")), ("publisher", _("No publisher was found.")))
    return tuple(sentence for name, sentence in asked if not fields.get(name))


def _notes(found: Identity) -> tuple[str, ...]:
    if found.is_sure or found.article is None:
        return ()
    return (_("%(reason)s It was kept apart from “%(article)s”.") % {"reason": found.reason, "article": found.article},)


def edit_article(*, article: Article, by: User, version: int, **fields: Any) -> Article:
    """Correct what is known about an article, and count up the open claims made in it. Its texts never change."""
    if not rules.may_import_articles(by):
        raise NotAllowedError.for_(_("You do not have permission to change articles."))
    former = article.language
    with citations.edited(article, by=by, version=version) as locked:
        editing.assign(locked, fields)
        if locked.language != former:
            _follow_language(locked, former)
    return locked


def _follow_language(article: Article, former: str) -> None:
    """Open claims that took their language from the article, and were made in no other, are in the corrected one.

    ``citations.edited`` has locked them and counts their version up.
    """
    made = Appearance.objects.filter(article_version__article=article).values("claim")
    elsewhere = Appearance.objects.exclude(article_version__article=article).values("claim")
    claims = Claim.objects.filter(pk__in=made, language=former, translation_of=None).exclude(pk__in=elsewhere)
    claims.filter(stage__in=EDITABLE_STAGES).update(language=article.language, version=F("version") + 1)


def version_with_text(body: str) -> ArticleVersion | None:
    """The stored text that is this one, if it came in before."""
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    return ArticleVersion.objects.select_related("article").filter(sha256=sha256).first()


def _locked(article: Article | None) -> Article | None:
    if article is None:
        return None
    passages.hold_claims(article)
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def _next_version(article: Article, body: str, places: tuple[Place, ...], **values: Any) -> ArticleVersion:
    last = article.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return ArticleVersion.objects.create(
        article=article,
        number=last + 1,
        body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        places=[[place.start, place.locator] for place in places if place.start < len(body)],
        **values,
    )


def _new(*, by: User, at: datetime, title: str, url: str, fields: dict[str, Any]) -> Article:
    article = Article(created_by=by, created_at=at)
    article.slug = editing.unique_slug(Article, title, pk=article.pk)
    editing.assign(article, {"title": title, "url": url, **fields})
    article.save()
    return article

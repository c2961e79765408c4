"""Articles coming in: bytes to text, text to an article, the same text never twice."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from articles import rules, text
from articles.choices import CaptureMethod
from articles.models import Article, ArticleVersion
from articles.services import audit, editing
from articles.services import passages as services_passages
from articles.services.library import citations
from lib import extraction
from lib.extraction import Extracted, ExtractionError
from lib.refusals import NotAllowedError, RefusedError


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


def read(data: bytes, *, name: str = "", charset: str = "", max_bytes: int = text.MAX_ARTICLE_BYTES) -> Extracted:
    """The text in a file's bytes, as ``extraction.read`` finds it. Raises ``UnreadableError`` with what to do."""
    try:
        return extraction.read(data, name=name, charset=charset, max_bytes=max_bytes)
    except ExtractionError as error:
        raise UnreadableError(str(error), code=error.code) from error


def check_body(body: str) -> str:
    """``body`` as it is stored, or ``UnreadableError`` when it is empty or too long. For pasted text."""
    cleaned = text.clean(body, field="body").strip()
    if text.is_blank(cleaned):
        raise UnreadableError("The article has no text. Paste it, or choose a file that holds it.", code="empty")
    if len(cleaned.encode()) > text.MAX_ARTICLE_BYTES:
        raise UnreadableError("This text is larger than 5 MB. Keep the article and leave the rest.", code="too_large")
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
    **fields: Any,
) -> ImportResult:
    """Store an article's text.

    A text that is there already is returned, not stored twice. A new text of ``article``, or at a known address,
    becomes the next version of that article, and its marked passages are looked for in it (``anchors.examine``).
    Everything else is a new article. ``fields``: publisher, authors, published_on, language.
    Raises ``NotAllowedError``, ``UnreadableError``, ``ValidationError``.
    """
    if not rules.may_take_in_articles(by):
        raise NotAllowedError.for_("bring in articles")
    cleaned = check_body(body)
    sha256 = hashlib.sha256(cleaned.encode()).hexdigest()
    known = version_with_text(cleaned)
    if known:
        return ImportResult(known.article, known, False, False)
    try:
        with audit.act_as(by=by), transaction.atomic():
            known_one = _locked(article or article_at(url))
            owner = known_one or _new(by=by, at=at, title=title, url=url, fields=fields)
            version = _next_version(owner, cleaned, sha256, by=by, at=at, how=how)
            checks = services_passages.examine(version) if known_one else []
    except (IntegrityError, ValidationError):
        twin = _known(sha256)  # somebody took in the same text at the same moment
        if twin is None:
            raise
        return ImportResult(twin.article, twin, False, False)
    return ImportResult(owner, version, known_one is None, True, len(checks))


def edit_article(*, article: Article, by: User, version: int, **fields: Any) -> Article:
    """Correct what is known about an article, and count up the open claims made in it. Its texts never change."""
    if not rules.may_take_in_articles(by):
        raise NotAllowedError.for_("change articles")
    with citations.edited(article, by=by, version=version) as locked:
        editing.assign(locked, fields)
    return locked


def _known(sha256: str) -> ArticleVersion | None:
    return ArticleVersion.objects.select_related("article").filter(sha256=sha256).first()


def version_with_text(body: str) -> ArticleVersion | None:
    """The stored text that is this one, if it came in before."""
    return _known(hashlib.sha256(body.encode()).hexdigest())


def article_at(url: str) -> Article | None:
    """The article that is known at an address, also under a spelling that leads to the same page."""
    if not url:
        return None
    exact = Article.objects.filter(url=url).first()
    if exact:
        return exact
    wanted = canonical_url(url)
    host = urlsplit(wanted).netloc
    likely = Article.objects.filter(url__icontains=host) if host else Article.objects.none()
    return next((article for article in likely if canonical_url(article.url) == wanted), None)


def canonical_url(url: str) -> str:
    """An address without what leads to the same page: fragment, campaign marks, a last slash, the host's case."""
    try:
        parts = urlsplit(url.strip())
        query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith("utm_")]
        return urlunsplit(("https", parts.netloc.lower(), parts.path.rstrip("/"), urlencode(query), ""))
    except ValueError:
        return url


def address_of(named: str, fetched: str) -> str:
    """What to note as an article's address: what its page names, if that is on the same host, else where it was."""
    return named if named and urlsplit(named).netloc == urlsplit(fetched).netloc else fetched


def _locked(article: Article | None) -> Article | None:
    if article is None:
        return None
    services_passages.hold_claims(article)
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def _next_version(
    article: Article, body: str, sha256: str, *, by: User, at: datetime, how: CaptureMethod
) -> ArticleVersion:
    number = article.versions.count() + 1
    return ArticleVersion.objects.create(
        article=article, number=number, body=body, sha256=sha256, captured_at=at, captured_by=by, how=how
    )


def _new(*, by: User, at: datetime, title: str, url: str, fields: dict[str, Any]) -> Article:
    article = Article(created_by=by, created_at=at)
    article.slug = editing.unique_slug(Article, title, pk=article.pk)
    editing.assign(article, {"title": title, "url": url, **fields})
    article.save()
    return article

"""Pages about the newsroom: written on the desk, published revision by revision, never changed in public silently."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules, text
from articles.models import Page, PageRevision
from articles.services import audit, editing
from articles.services.log import cache_purges
from lib.refusals import NotAllowedError

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h2", "h3"}


def sanitize(html: str) -> str:
    """``html`` with only the tags such a page needs; a link may also lead to a mailbox or a telephone."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",
        link_rel="noopener",
    ).strip()


def write(*, key: str, language: str, title: str, body_html: str, by: User, at: datetime) -> Page:
    """Begin a page, one for each language. Readers see nothing of it yet.

    Raises ``NotAllowedError``, ``ValidationError``.
    """
    _check(by)
    page = Page(key=key, created_by=by, created_at=at, updated_at=at)
    with audit.act_as(by=by):
        editing.assign(page, {"language": language, "title": title, "body_html": sanitize(body_html)})
        page.save(force_insert=True)
    return page


def edit(
    *, page: Page, by: User, at: datetime, version: int, title: str | None = None, body_html: str | None = None
) -> Page:
    """Go on writing. What is published stays as it is.

    Raises ``NotAllowedError``, ``StaleError``, ``ValidationError``.
    """
    _check(by)
    with _locked(page, by=by, at=at, version=version) as locked:
        values = {"title": locked.title if title is None else title}
        values["body_html"] = locked.body_html if body_html is None else sanitize(body_html)
        editing.assign(locked, values)
    return locked


def publish(*, page: Page, by: User, at: datetime, version: int, note: str) -> PageRevision:
    """Make the page as it is now the next revision that readers see; ``note`` tells them what changed.

    Raises ``NotAllowedError``, ``StaleError``, and ``ValidationError`` for an empty or an unchanged page.
    """
    with _publishing(page, by=by, at=at, version=version) as locked:
        if text.is_blank(_words(locked.body_html)):
            raise ValidationError(_("There is nothing to publish yet: write the page first."))
        former = newest(locked)
        if former and (former.title, former.body_html) == (locked.title, locked.body_html):
            raise ValidationError(_("Readers see exactly this already. Change something, then publish it."))
        return _append(locked, locked.title, locked.body_html, note, by, at)


def withdraw(*, page: Page, by: User, at: datetime, version: int, note: str) -> PageRevision:
    """Stop offering the page. Its address says so and why (``note``); its history stays.

    Raises ``NotAllowedError``, ``StaleError``, and ``ValidationError`` when readers see no such page.
    """
    with _publishing(page, by=by, at=at, version=version) as locked:
        former = newest(locked)
        if former is None or former.is_withdrawn:
            raise ValidationError(_("Readers see no such page, so there is nothing to withdraw."))
        return _append(locked, former.title, "", note, by, at)


def newest(page: Page) -> PageRevision | None:
    """The revision that readers see, a withdrawal included; None before the first."""
    rows = PageRevision.objects.filter(key=page.key, language=page.language)
    return rows.order_by("-number").first()


def _append(page: Page, title: str, body_html: str, note: str, by: User, at: datetime) -> PageRevision:
    page.published_number, page.published_by = page.published_number + 1, by
    revision = PageRevision(
        key=page.key, language=page.language, number=page.published_number, body_html=body_html, published_at=at
    )
    editing.assign(revision, {"title": title, "note": note})
    revision.save(force_insert=True)
    cache_purges.purge_newsroom_page(at=at)
    return revision


@contextmanager
def _publishing(page: Page, *, by: User, at: datetime, version: int) -> Iterator[Page]:
    if not rules.may_publish_pages(by):
        raise NotAllowedError.for_(
            _("You do not have permission to publish pages about the newsroom."),
            groups=who_may("articles.publish_page"),
        )
    with _locked(page, by=by, at=at, version=version) as locked:
        yield locked


@contextmanager
def _locked(page: Page, *, by: User, at: datetime, version: int) -> Iterator[Page]:
    """The page as it is now, locked; saved one version on when the block ends well."""
    with audit.act_as(by=by):
        locked = editing.lock(Page, page.pk, version=version)
        yield locked
        locked.version += 1
        locked.updated_at = at
        locked.save()


def _check(by: User) -> None:
    if not rules.may_write_pages(by):
        raise NotAllowedError.for_(_("You do not have permission to change pages about the newsroom."))


def _words(html: str) -> str:
    return nh3.clean(html, tags=set())

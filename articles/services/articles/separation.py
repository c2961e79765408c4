"""Undoing a wrong merge: a text that was taken for a newer text of an article becomes an article of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import EDITABLE_STAGES, AnchorDecision
from articles.models import AnchorCheck, Appearance, Article, ArticleVersion, Claim
from articles.services import audit, editing
from articles.services import passages as passage_services
from lib.refusals import NotAllowedError, RefusedError


class OnlyTextError(RefusedError):
    """An article's only text cannot be taken from it."""

    code = "only_text"


class PublishedPassageError(RefusedError):
    """A passage of a published claim was moved to this text: its record says so."""

    code = "published_passage"


def separate(*, version: ArticleVersion, by: User, at: datetime, title: str, url: str = "", **fields: Any) -> Article:
    """Make an article of its own of a text that is none of the article it was added to.

    Passages that were marked in the text stay with it. Passages that were moved to it from a former text go back to
    that text, as they were. ``fields``: publisher, authors, published_on, language. Raises ``NotAllowedError``,
    ``OnlyTextError``, ``PublishedPassageError``, ``ValidationError``; nothing is changed then.
    """
    if not rules.may_import_articles(by):
        raise NotAllowedError.for_(_("You do not have permission to import articles."))
    with audit.act_as(by=by):
        passage_services.hold_claims(version.article)
        former = Article.objects.select_for_update(of=("self",)).get(pk=version.article_id)
        version = ArticleVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if version.article_id != former.pk or former.versions.count() == 1:
            raise OnlyTextError(_("This is the article's only text: there is nothing to separate it from."))
        _send_back(version)
        article = Article(created_by=by, created_at=at)
        article.slug = editing.unique_slug(Article, title, pk=article.pk)
        editing.assign(article, {"title": title, "url": url, "language": former.language, **fields})
        article.save()
        version.article, version.number = article, 1
        version.save(update_fields=["article", "number"])
        former.version += 1
        former.save()
        _ask_again(former)
        moved = Appearance.objects.filter(article_version=version).values("claim")
        Claim.objects.filter(pk__in=moved, stage__in=EDITABLE_STAGES).update(version=F("version") + 1)
    return article


def _send_back(version: ArticleVersion) -> None:
    """Passages that somebody moved to this text go back to where they were; what waits to be decided is taken off."""
    AnchorCheck.objects.filter(former=version, decision=AnchorDecision.PENDING).delete()
    back: set[UUID] = set()
    checks = AnchorCheck.objects.select_for_update(of=("self",)).filter(article_version=version)
    for check in checks.select_related("claim", "appearance"):
        appearance = check.appearance
        if check.decision == AnchorDecision.CONFIRMED and appearance is not None and check.before:
            if check.claim.stage not in EDITABLE_STAGES:
                raise PublishedPassageError(
                    _(
                        "A passage of “%(claim)s” was moved to this text, and the claim is not open. "
                        "Start its re-check first."
                    )
                    % {"claim": check.claim}
                )
            _restore(appearance, check.before)
            back.add(check.claim_id)
        elif check.decision in (AnchorDecision.PENDING, AnchorDecision.LOST) and appearance is not None:
            appearance.state = (check.before or {}).get("state", "exact")
            appearance.save(update_fields=["state"])
        check.delete()
    Claim.objects.filter(pk__in=back).update(version=F("version") + 1)


def _ask_again(former: Article) -> None:
    """What the wrong text had overtaken waits to be decided again, in the text that is the newest now."""
    newest = former.current_version()
    overtaken = AnchorCheck.objects.filter(article_version=newest, decision=AnchorDecision.SUPERSEDED)
    for check in overtaken.select_related("appearance"):
        if check.appearance is not None:
            check.appearance.state = check.found
            check.appearance.save(update_fields=["state"])
    overtaken.update(decision=AnchorDecision.PENDING)


def _restore(appearance: Appearance, before: dict[str, Any]) -> None:
    for name, value in before.items():
        setattr(appearance, name, value)
    appearance.save()

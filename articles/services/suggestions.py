"""What the desk decides about a suggestion: not to check it, to take that back, to make it a claim."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules, text
from articles.models import Appearance, ArticleVersion, Claim, Claimant, Dismissal
from articles.models.article import Article
from articles.services import audit, editing
from articles.services.claims import claims
from articles.services.library import claimants
from lib import checkworthy
from lib.parsing.inexact_dates import InexactDate
from lib.refusals import NotAllowedError, RefusedError

#: A passage longer than this is no single statement; in code points.
MAX_PASSAGE = 2_000


class PassageTakenError(RefusedError):
    """Exactly this passage is a claim already. ``claim`` is that claim."""

    code = "already_marked"

    def __init__(self, message: str, *, claim: Claim) -> None:
        self.claim = claim
        super().__init__(message)


def dismiss(*, article_version: ArticleVersion, exact: str, by: User, at: datetime) -> Dismissal:
    """Do not suggest this sentence again in any text of the article; doing it twice changes nothing.

    Raises ``NotAllowedError``, and ``QuoteNotFoundError`` when the text does not hold the sentence.
    """
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to dismiss suggestions."))
    sentence = text.clean(exact, field="exact").strip()
    if not sentence or sentence not in article_version.body:
        raise claims.QuoteNotFoundError(_("This sentence is not in the article's text. Load the page again."))
    key = checkworthy.key(sentence)
    with audit.act_as(by=by):
        _one_at_a_time(article_version.article_id, key)
        known = Dismissal.objects.filter(article_id=article_version.article_id, key=key).first()
        if known:
            return known
        dismissal = Dismissal(article_id=article_version.article_id, created_by=by, created_at=at)
        editing.assign(dismissal, {"key": key, "exact": sentence})
        dismissal.save(force_insert=True)
    return dismissal


def restore(*, article: Article, key: str, by: User) -> None:
    """Suggest the sentence again; nothing happens when it is not dismissed. Raises ``NotAllowedError``."""
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to restore dismissed suggestions."))
    with audit.act_as(by=by):
        Dismissal.objects.filter(article=article, key=key[:64].replace("\x00", "")).delete()


def accept(
    *,
    article_version: ArticleVersion,
    start: int,
    end: int,
    by: User,
    at: datetime,
    statement: str = "",
    claimant: str = "",
    claimant_kind: str = "",
    claimant_role: str = "",
    claimed_on: date | InexactDate | None = None,
    confirm_old_date: bool = False,
) -> Claim:
    """Make the passage ``start``…``end`` (code points of the body) a draft claim with that passage marked, in one act.

    ``statement`` are its words, the passage's own when empty. ``claimant`` is a name: the claimant with exactly this
    name, or a new one; nobody when empty, and the desk then asks who. ``claimant_kind`` and ``claimant_role`` are for a
    new one alone; without a kind, the name has to tell it. Raises ``NotAllowedError``, ``ValidationError`` and
    ``PassageTakenError``.
    """
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to enter claims."))
    passage = _passage(article_version, start, end)
    with audit.act_as(by=by):
        _one_at_a_time(article_version.pk, f"{start}-{end}")
        _refuse_taken(article_version, start, end)
        claim = claims.create(
            by=by,
            at=at,
            text=statement.strip() or text.one_line(passage),
            language=article_version.article.language,
            claimant=_claimant(claimant, claimant_kind, claimant_role, by=by, at=at),
            claimed_on=claimed_on,
            confirm_old_date=confirm_old_date,
        )
        return _marked(claim, article_version, passage, start, by=by, at=at)


def _marked(claim: Claim, version: ArticleVersion, passage: str, start: int, *, by: User, at: datetime) -> Claim:
    return claims.mark(
        claim=claim, article_version=version, exact=passage, start=start, by=by, at=at, version=claim.version
    ).claim


def _passage(article_version: ArticleVersion, start: int, end: int) -> str:
    body = article_version.body
    if not 0 <= start < end <= len(body):
        raise ValidationError({"start": _("This passage does not lie in the article's text. Load the page again.")})
    if end - start > MAX_PASSAGE:
        raise ValidationError(
            {
                "end": _("A passage may have %(max_passage)s characters. Choose the sentence that matters.")
                % {"max_passage": f"{MAX_PASSAGE:,}"}
            }
        )
    passage = body[start:end]
    if passage != passage.strip():
        raise ValidationError({"start": _("A passage begins and ends with a letter or a mark, not with a blank.")})
    return passage


def _refuse_taken(article_version: ArticleVersion, start: int, end: int) -> None:
    taken = (
        Appearance.objects.filter(article_version=article_version, start=start, end=end).select_related("claim").first()
    )
    if taken:
        raise PassageTakenError(
            _("This passage is a claim already: %(claim)s") % {"claim": taken.claim}, claim=taken.claim
        )


def _claimant(name: str, kind: str, role: str, *, by: User, at: datetime) -> Claimant | None:
    if not editing.normalize(name, field="claimant"):
        return None
    try:
        return claimants.find_or_add_claimant(name=name, by=by, at=at, kind=kind, role=role)
    except ValidationError as error:
        raise ValidationError(claimants.errors_by_field(error)) from error


def _one_at_a_time(row: object, what: str) -> None:
    """A second click on the same button waits here until the first one is done, and then finds what it did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"suggestion/{row}/{what}"])

"""After an article's text changed: where its marked passages are now. The machine looks, a person decides.

Nothing is re-attached by itself, not even what stands there word for word: until somebody confirms it, a passage stays
attached to the text it was marked in, which is kept. A published claim waits for its re-check: its record is frozen.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import groupby, islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.models import User
from articles import text
from articles.choices import AnchorDecision, AnchorState, Stage
from articles.models import AnchorCheck, Appearance, Article, ArticleVersion, Claim
from articles.services import editing
from articles.services.claims.claims import QuoteNotFoundError
from articles.services.errors import WrongStageError
from lib.anchoring import anchors, quotes
from lib.anchoring.anchors import Anchor, Finding
from lib.refusals import RefusedError, StaleError


class PassageDecidedError(RefusedError):
    """Somebody decided first, or a newer text came in meanwhile."""

    code = "decided"


def hold_claims(article: Article) -> None:
    """Lock every claim marked in an article until the transaction ends, by id: always before the article itself."""
    marked = Appearance.objects.filter(article_version__article=article).values("claim")
    claims = Claim.objects.filter(pk__in=marked).order_by("pk").select_for_update(no_key=True, of=("self",))
    list(claims.values_list("pk", flat=True))


def examine(version: ArticleVersion) -> list[AnchorCheck]:
    """Look for the passages of former texts in this one, and note what was found. Called when a text is taken in.

    What was asked about an earlier text and not decided is overtaken. What a person gave up and is lost still is not
    asked again, and neither are passages of dropped claims: nobody could decide about them.
    """
    article = version.article
    earlier = AnchorCheck.objects.filter(article_version__article=article)
    earlier.filter(decision=AnchorDecision.PENDING).update(decision=AnchorDecision.SUPERSEDED)
    given_up = set(earlier.filter(decision=AnchorDecision.LOST).values_list("appearance_id", flat=True))
    marked = Appearance.objects.filter(article_version__article=article).exclude(article_version=version)
    marked = marked.exclude(claim__stage=Stage.DROPPED)
    rows = marked.select_related("article_version").order_by("article_version_id", "start", "id")
    made: list[AnchorCheck] = []
    for former, group in groupby(rows, key=lambda row: row.article_version):
        passages = list(group)
        found_before = [Anchor(row.exact, row.prefix, row.suffix, row.start) for row in passages]
        for row, finding in zip(passages, anchors.compare(former.body, version.body, found_before), strict=True):
            if finding.state == anchors.State.LOST and row.pk in given_up:
                continue
            made.append(_noted(row, former, version, finding))
    AnchorCheck.objects.bulk_create(made)
    return made


def confirm(
    *, check: AnchorCheck, by: User, at: datetime, version: int, candidate: int = 0, quote: str = ""
) -> AnchorCheck:
    """Attach the passage to the new text: at one of its candidates, or where ``quote`` stands once.

    ``version`` is the claim's. Raises ``PassageDecidedError``, ``QuoteNotFoundError``, ``ValidationError`` and what
    ``editing.claim_content`` raises, ``WrongStageError`` for a published claim among them.
    """
    with editing.claim_content(check.claim, by=by, at=at, version=version):
        locked = _pending(check)
        start, end = _chosen(locked, candidate, quote)
        _attach(locked, start, end)
        _decide(locked, AnchorDecision.CONFIRMED, by=by, at=at)
    return locked


def give_up(*, check: AnchorCheck, by: User, at: datetime, version: int) -> AnchorCheck:
    """State that the passage is no longer in the article. It stays attached to the former text, which is kept."""
    with editing.claim_content(check.claim, by=by, at=at, version=version):
        locked = _pending(check)
        appearance = _appearance(locked)
        locked.before = {"state": appearance.state}
        appearance.state = AnchorState.LOST
        appearance.save()
        _decide(locked, AnchorDecision.LOST, by=by, at=at)
    return locked


def confirm_exact(*, checks: Iterable[tuple[AnchorCheck, int]], by: User, at: datetime) -> tuple[int, int]:
    """Confirm passages that stand in the new text word for word, each with the version of its claim that was seen.

    Returns how many were confirmed, and how many were left as they are because something changed meanwhile. Those of
    approved claims are left too: the approval is bound to the old position, so that is for a decision of its own.
    """
    done = left = 0
    for _, group in groupby(sorted(checks, key=lambda row: str(row[0].claim_id)), key=lambda row: row[0].claim_id):
        rows = [(check, seen) for check, seen in group if check.found == AnchorState.EXACT]
        try:
            done += _confirm_together(rows, by=by, at=at)
        except (StaleError, WrongStageError, PassageDecidedError):
            left += len(rows)
    return done, left


def undo(*, check: AnchorCheck, by: User, at: datetime, version: int) -> AnchorCheck:
    """Take a decision back: the passage is attached as it was before, and waits again.

    Raises ``PassageDecidedError`` when a newer text came in, or the passage was changed or taken off since.
    """
    with editing.claim_content(check.claim, by=by, at=at, version=version):
        locked = AnchorCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
        is_decided = locked.decision in (AnchorDecision.CONFIRMED, AnchorDecision.LOST)
        is_newest = locked.article_version == locked.article_version.article.current_version()
        if not is_decided or not is_newest:
            raise PassageDecidedError(gettext("This decision can no longer be taken back."))
        appearance = _appearance(locked)
        is_mine = locked.decision == AnchorDecision.LOST or appearance.article_version_id == locked.article_version_id
        if not is_mine:
            raise PassageDecidedError(gettext("The passage was changed since. Nothing was taken back."))
        for name, value in (locked.before or {}).items():
            setattr(appearance, name, value)
        appearance.save()
        locked.decision, locked.decided_by, locked.decided_at, locked.before = AnchorDecision.PENDING, None, None, None
        locked.save()
    return locked


def _noted(row: Appearance, former: ArticleVersion, version: ArticleVersion, finding: Finding) -> AnchorCheck:
    if row.state != finding.state:
        row.state = finding.state
        row.save(update_fields=["state"])
    return AnchorCheck(
        claim_id=row.claim_id,
        appearance=row,
        article_version=version,
        former=former,
        exact=row.exact,
        start=row.start,
        end=row.end,
        found=finding.state,
        candidates=[asdict(candidate) for candidate in finding.candidates],
    )


def _pending(check: AnchorCheck) -> AnchorCheck:
    locked = AnchorCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if locked.decision == AnchorDecision.SUPERSEDED:
        raise PassageDecidedError(gettext("A newer text of the article came in. Decide in its report."))
    if locked.decision != AnchorDecision.PENDING:
        raise PassageDecidedError(gettext("Somebody decided on this passage already. Look at it again."))
    return locked


def _appearance(check: AnchorCheck) -> Appearance:
    if check.appearance_id is None:
        raise PassageDecidedError(gettext("The passage was taken off the claim meanwhile. There is nothing to decide."))
    return Appearance.objects.get(pk=check.appearance_id)


def _chosen(check: AnchorCheck, candidate: int, quote: str) -> tuple[int, int]:
    body = check.article_version.body
    words = text.clean(quote, field="quote").strip()
    if not words:
        if not 0 <= candidate < len(check.candidates):
            raise ValidationError(
                {"candidate": gettext("Choose one of the passages shown, or copy another from the text.")}
            )
        return check.candidates[candidate]["start"], check.candidates[candidate]["end"]
    found = list(islice(quotes.found(body, words), 2))
    if not found:
        raise QuoteNotFoundError(gettext("This passage is not in the new text. Copy it from there, word for word."))
    if len(found) > 1:
        raise ValidationError(
            {"quote": gettext("This passage stands in the new text more than once. Copy a few more words.")}
        )
    return found[0]


def _attach(check: AnchorCheck, start: int, end: int) -> None:
    appearance, body = _appearance(check), check.article_version.body
    text.clean_public(body[start:end], field="quote")
    names = ("article_version_id", "exact", "prefix", "suffix", "start", "end", "locator", "state")
    check.before = {name: getattr(appearance, name) for name in names}
    appearance.article_version = check.article_version
    appearance.exact, appearance.start, appearance.end = body[start:end], start, end
    appearance.prefix, appearance.suffix = quotes.context(body, start, end)
    appearance.locator = check.article_version.locator(start)
    appearance.state = AnchorState.EXACT
    appearance.full_clean()
    appearance.save()


def _decide(check: AnchorCheck, decision: AnchorDecision, *, by: User, at: datetime) -> None:
    check.decision, check.decided_by, check.decided_at = decision, by, at
    check.save()


def _confirm_together(rows: list[tuple[AnchorCheck, int]], *, by: User, at: datetime) -> int:
    if not rows:
        return 0
    claim, seen = rows[0][0].claim, rows[0][1]
    with editing.claim_content(claim, by=by, at=at, version=seen) as locked:
        if locked.stage == Stage.APPROVED:
            raise WrongStageError(gettext("An approved claim is confirmed by itself."), stage=locked.stage)
        for check, _ in rows:
            pending = _pending(check)
            _attach(pending, pending.candidates[0]["start"], pending.candidates[0]["end"])
            _decide(pending, AnchorDecision.CONFIRMED, by=by, at=at)
    return len(rows)

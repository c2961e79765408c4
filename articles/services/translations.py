"""A published claim in another language: a claim of its own, with its own record, that carries its original's verdict.

It is written from the original as it is published and goes the same way as every claim: a second person approves it.
When the original moves on, the translation stays and says so, until somebody updates it.
"""

from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from articles.choices import Stage
from articles.models import Appearance, Claim, Evidence, LeadPicture, PublishedClaim, RightOfReply, Verdict
from articles.selectors import translations
from articles.selectors.log import record_content
from articles.services import audit, editing
from articles.services.claims import claims
from articles.text import in_sentence
from lib.refusals import RefusedError
from lib.richtext import citations

Row = TypeVar("Row", bound=models.Model)
#: Columns of a claim that are the same in every language.
_ORIGIN = ("origin", "origin_kind", "origin_url")
_TO_TRANSLATE = ("headline", "key_points", "unknowns")
_SAME = ("claimant", "is_unattributed", "claimed_on", "topics", *_ORIGIN, "single_source_reason")


class NotTranslatableError(RefusedError):
    """There is nothing to translate; the text says why."""

    code = "not_translatable"


def begin(*, original: Claim, language: str, text: str, summary: str, by: User, at: datetime) -> Claim:
    """A draft that says ``original`` in ``language``: with its evidence, passages, replies and picture.

    Notes, explanation, headline, key points and alt text are copied, to be translated there. Raises
    ``NotTranslatableError``, ``ValidationError`` (such as a second translation into one language) and
    ``NotAllowedError``.
    """
    with audit.act_as(by=by, reason=f"Translation of “{original.text}” ({original.pk})"):
        original = Claim.objects.select_for_update(no_key=True).get(pk=original.pk)
        revision, verdict = _published(original), record_content.current_verdict(original)
        assert verdict is not None, "what is published has a verdict"  # noqa: S101
        if language == original.language:
            raise ValidationError({"language": _("The original is in this language. Choose another.")})
        if translations.of(original).filter(language=language).exists():
            raise ValidationError({"language": _("There is a translation into this language already.")})
        fields = {name: getattr(original, name) for name in (*_SAME, *_TO_TRANSLATE)} | {"confirm_old_date": True}
        claim = claims.create(
            by=by, at=at, text=text, language=language, translation_of=original, translated_revision=revision, **fields
        )
        with editing.claim_content(claim, by=by, at=at, version=claim.version) as locked:
            for model in (Appearance, LeadPicture, RightOfReply):
                _copy(model, original, locked, by=by, at=at)
            evidence = _copy(Evidence, original, locked, by=by, at=at)
            said = Verdict(claim=locked, proposed_by=by, proposed_at=at)
            explanation = citations.copied(verdict.explanation_html, evidence)
            values = {"rating": verdict.rating, "explanation_html": explanation, "summary": summary}
            editing.assign(said, values)
            said.save()
    return locked


def catch_up(*, claim: Claim, by: User, at: datetime, version: int) -> Claim:
    """Say that the translation's content is that of the original's newest revision.

    Raises ``NotTranslatableError``, and what ``editing.claim_content`` raises.
    """
    if claim.translation_of is None:
        raise NotTranslatableError(_("This claim is no translation."))
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        locked.translated_revision = _revision(claim.translation_of)
    return locked


def _published(original: Claim) -> int:
    if original.translation_of_id:
        raise NotTranslatableError(_("This claim is a translation itself. Translate its original."))
    if original.stage != Stage.PUBLISHED:
        raise NotTranslatableError(
            _("Only what is published is translated, as it is published. This claim is %(stage)s.")
            % {"stage": in_sentence(original.get_stage_display())}
        )
    return _revision(original)


def _revision(original: Claim) -> int:
    face = PublishedClaim.objects.not_retracted().filter(claim_id=original.pk).first()
    if face is None:
        raise NotTranslatableError(_("The original is not public any more: there is nothing to translate."))
    return face.revision


def _copy(model: type[Row], original: Claim, claim: Claim, *, by: User, at: datetime) -> dict[int, int]:
    """Copies the rows; returns which row is the copy of which."""
    copies = {}
    for row in model._default_manager.filter(claim=original).order_by("pk"):
        before = row.pk
        row.pk, row._state.adding = None, True
        for name, value in (("claim", claim), ("created_by", by), ("created_at", at)):
            setattr(row, name, value)
        row.save(force_insert=True)
        copies[before] = row.pk
    return copies

"""What ratings say in the other languages of the site, in the newsroom's own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rating_words, rules, text
from articles.models import RatingTranslation
from articles.models.rating import MAX_DEFINITION
from articles.selectors.library import ratings as scale
from articles.services import audit, editing
from articles.services.log import cache_purges
from lib.refusals import NotAllowedError, StaleError


@dataclass(frozen=True, slots=True)
class Translated:
    """What ``words`` say in ``language``; empty for the text that comes with the product.

    ``kind`` is the column of the rating that has the words: ``label`` or ``definition``. ``version`` is that of the
    translation that was seen, 0 where there was none.
    """

    language: str
    kind: str
    words: str
    said: str
    version: int


def translate(given: Iterable[Translated], *, by: User, at: datetime) -> int:
    """Store the translations that differ, and say how many did. Published records keep their bytes.

    Raises ``NotAllowedError``, ``StaleError``, and ``ValidationError`` for a field such as ``ru_label``.
    """
    if not rules.may_edit_ratings(by):
        raise NotAllowedError.for_(_("You do not have permission to change ratings."))
    with audit.act_as(by=by):
        changed = sum([_store(one, by=by, at=at) for one in sorted(given, key=_place)])
        if changed:
            cache_purges.purge_scale(at=at)
    return changed


def _place(one: Translated) -> tuple[str, str]:
    """Locks the rows in one order, so that two people who save at once do not wait for each other."""
    return one.language, one.words


def _store(one: Translated, *, by: User, at: datetime) -> bool:
    """Whether the translation differs from what was stored."""
    said = _cleaned(one)
    rows = RatingTranslation.objects.select_for_update(no_key=True)
    row = rows.filter(language=one.language, words=one.words).first()
    if said == (row.said if row else ""):
        return False
    if (row.version if row else 0) != one.version:
        raise StaleError(current=row.version if row else 0)
    if row is None:
        row = RatingTranslation(language=one.language, words=one.words, said=said, created_by=by, created_at=at)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:  # somebody else stored one at this moment
            raise StaleError(current=1) from error
        return True
    row.said, row.version = said, row.version + 1
    row.save(update_fields=["said", "version"])
    return True


def _cleaned(one: Translated) -> str:
    """What is stored: nothing where it is the text that comes with the product. Raises ``ValidationError``."""
    name = f"{one.language}_{one.kind}"
    if one.language not in scale.languages():
        raise ValidationError({name: ValidationError(_("The site has no pages in this language."), code="language")})
    said = " ".join(text.one_line(editing.normalize(one.said, field=name)).split())
    limit = scale.LIMITS[one.kind]
    if len(said) > limit:
        message = _("At most %(most)s characters; this has %(count)s.") % {"most": limit, "count": len(said)}
        raise ValidationError({name: ValidationError(message, code="max_length")})
    if said and len(one.words) > MAX_DEFINITION:
        message = _("This definition is too long to be translated. Make a new edition with a shorter one.")
        raise ValidationError({name: ValidationError(message, code="max_length")})
    return "" if said == rating_words.in_catalogue(one.words, one.language) else said

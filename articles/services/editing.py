"""What every act on the desk begins with: lock the row, compare the version, check the words, count up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from articles import rules, text
from articles.choices import Stage
from articles.models import Claim
from articles.models.base import Referenced, Versioned
from articles.services import audit, past_dates
from articles.services.errors import ReferenceTakenError, WrongStageError
from lib.refusals import NotAllowedError, StaleError

Row = TypeVar("Row", bound=Versioned)
_HOW_TO_EDIT = {
    Stage.PUBLISHED: gettext_lazy(
        "A published claim does not change in place. Start a re-check, edit, and publish again."
    ),
    Stage.RETRACTED: gettext_lazy(
        "A retracted claim does not change in place. Start a re-check, edit, and publish again."
    ),
    Stage.DROPPED: gettext_lazy("A dropped claim is not edited. Take it up again first."),
}


def lock(model: type[Row], pk: UUID, *, version: int) -> Row:
    """The current row, locked until the transaction ends; other rows may still refer to it.

    Raises ``StaleError`` when it has another version than the one the change was made on.
    """
    row = model._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    if row.version != version:
        raise StaleError(current=row.version)
    return row


def share_lock_dependencies(claim: Claim) -> None:
    """Keep what ``claim`` names from changing until the transaction ends; others may hold it as well."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, {"claim": claim.pk})


#: ``FOR SHARE``, which Django has no word for; in one statement, each table's rows in the order of ids.
_SHARE = """
WITH claimants AS MATERIALIZED (
    SELECT r.id FROM articles_claimant r JOIN articles_claim c ON c.claimant_id = r.id
    WHERE c.id = %(claim)s FOR SHARE OF r
), sources AS MATERIALIZED (
    SELECT r.id FROM articles_source r
    WHERE r.id IN (SELECT e.source_id FROM articles_evidence e WHERE e.claim_id = %(claim)s) ORDER BY r.id FOR SHARE
), articles AS MATERIALIZED (
    SELECT r.id FROM articles_article r
    WHERE r.id IN (
        SELECT v.article_id FROM articles_appearance a JOIN articles_articleversion v ON v.id = a.article_version_id
        WHERE a.claim_id = %(claim)s
    ) ORDER BY r.id FOR SHARE
), originals AS MATERIALIZED (
    SELECT r.id FROM articles_claim r JOIN articles_claim c ON c.translation_of_id = r.id
    WHERE c.id = %(claim)s FOR SHARE OF r
)
SELECT (SELECT count(*) FROM claimants), (SELECT count(*) FROM sources), (SELECT count(*) FROM articles),
    (SELECT count(*) FROM originals)
"""


def share_lock(rows: models.QuerySet[Any]) -> None:
    """Keep these rows from changing until the transaction ends: ``FOR SHARE``, in the order of ids."""
    sql, params = rows.order_by("pk").values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", params)


@contextmanager
def claim_content(claim: Claim, *, by: User, at: datetime, version: int) -> Iterator[Claim]:
    """Edit what an approval is about. Yields the locked claim; saves it, one version on, when the block ends well.

    Raises ``NotAllowedError``, ``StaleError``, or ``WrongStageError`` when the stage does not allow edits.
    """
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to change claims."))
    with audit.act_as(by=by):
        locked = lock(Claim, claim.pk, version=version)
        if not rules.is_editable(locked):
            raise WrongStageError(str(_HOW_TO_EDIT[Stage(locked.stage)]), stage=locked.stage)
        yield locked
        bump_version(locked, at=at)
        share_lock_dependencies(locked)


def bump_version(claim: Claim, *, at: datetime) -> None:
    """Save the claim as its next version."""
    claim.version += 1
    claim.updated_at = at
    claim.save()


def assign(row: models.Model, values: dict[str, Any], *, at: datetime | None = None) -> None:
    """Put ``values`` on ``row``, text cleaned, and validate the whole: fields, dates, constraints, uniqueness.

    ``values`` may also hold ``confirm_old_date`` (``past_dates``). ``at`` is the moment of the act. Raises
    ``ValidationError`` naming the fields at fault, ``ReferenceTakenError``, and ``FieldDoesNotExist`` for a field the
    row does not have.
    """
    is_confirmed = bool(values.get(past_dates.CONFIRM))
    values = {name: value for name, value in values.items() if name != past_dates.CONFIRM}
    past_dates.check_dates(row, values, is_confirmed=is_confirmed, at=at)
    for name, value in values.items():
        field = row._meta.get_field(name)
        cleaned = _clean(value, field=name)
        setattr(row, field.name, cleaned if isinstance(field, models.TextField) else _on_one_line(cleaned))
    if isinstance(row, Referenced) and values.get("reference"):
        _check_reference(row)
    row.full_clean()


def _check_reference(row: Any) -> None:
    """Raises ``ReferenceTakenError`` where another row of the kind has this reference."""
    others = type(row)._default_manager.filter(reference=row.reference).exclude(pk=row.pk)
    if row.reference and (other := others.first()):
        kind = str(row._meta.verbose_name)
        raise ReferenceTakenError(
            _("Another %(kind)s has this reference: “%(reference)s”.") % {"kind": kind, "reference": row.reference},
            existing=other.pk,
        )


def normalize(value: str, *, field: str) -> str:
    """``value`` as a row would keep it: cleaned, without outer blanks, empty when nothing of it would be seen."""
    return str(_clean(value, field=field))


def _clean(value: Any, *, field: str) -> Any:
    if isinstance(value, str):
        cleaned = text.clean_public(value, field=field).strip()
        return "" if text.is_blank(cleaned) else cleaned
    if isinstance(value, list):
        return [cleaned for item in value if (cleaned := _clean(item, field=field))]
    return value


def _on_one_line(value: Any) -> Any:
    """Short texts, lists of them included: a topic with a line break in it would have no address."""
    if isinstance(value, list):
        return [_on_one_line(item) for item in value]
    return text.one_line(value) if isinstance(value, str) else value


def unique_slug(model: type[models.Model], value: str, *, pk: UUID) -> str:
    """An address for a new row, from its name; told apart by a piece of the id where the name is taken.

    Other transactions that want the same address wait here until this one ends.
    """
    wanted = text.slug(value, fallback=str(pk)[:8])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{model._meta.db_table}/{wanted}"])
    if model._default_manager.filter(slug=wanted).exists():
        return f"{wanted}-{str(pk)[:8]}"
    return wanted

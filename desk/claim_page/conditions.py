"""What the claim lacks with what is typed and not saved: the stored claim's facts with the form laid over them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import pgettext

from articles.choices import Stage
from articles.guards import Facts
from desk.claim_page.fieldsets import CONTENT
from desk.claim_page.forms import VERDICT_FIELDS
from desk.claim_page.row_sets import RowSet
from lib.richtext import citations
from lib.richtext.cleaning import clean

#: Rows that readers see.
_ROWS = ("appearances", "evidence", "replies", "relations")


def typed_facts(known: Facts, form: Any, row_sets: dict[str, RowSet]) -> Facts:
    """``known`` of the stored claim, as it would be if the posted ``form`` were saved now."""
    found: dict[str, Any] = _verdict(form) | _claim(form, row_sets) | _evidence(row_sets) | _citations(form, row_sets)
    if known.stage in (Stage.REVIEW, Stage.APPROVED) and _changes_content(form, row_sets):
        found |= {"approval_fresh": False}
        if not known.asker_contributed:
            found |= {"asker_contributed": True, "asker_part": pgettext("after “you”", "edited what is being approved")}
    return replace(known, **found)


def _value(form: Any, name: str) -> str:
    return str(form[name].value() or "").strip()


def _verdict(form: Any) -> dict[str, Any]:
    if "rating" not in form.fields:
        return {}
    chosen = _value(form, "rating")
    key = next((one.key for one in form.fields["rating"].queryset if str(one.pk) == chosen), "")
    return {"has_verdict": bool(key), "rating": key, "has_summary": bool(key and _value(form, "summary"))}


def _claim(form: Any, row_sets: dict[str, RowSet]) -> dict[str, Any]:
    found = {}
    if "single_source_reason" in form.fields:
        found["has_single_source_reason"] = bool(_value(form, "single_source_reason"))
    if "claimant" not in form.fields:
        return found
    passages = [row for row in _kept(row_sets.get("appearances")) if row.instance.pk or _value(row, "exact")]
    has_origin = bool(passages or _value(form, "origin") or _value(form, "origin_kind"))
    has_claimant = bool(_value(form, "claimant") or form["is_unattributed"].value())
    return {**found, "has_claimant": has_claimant, "has_origin": has_origin}


def _evidence(row_sets: dict[str, RowSet]) -> dict[str, Any]:
    rows = row_sets.get("evidence")
    if rows is None or not rows.may.change:
        return {}
    pieces = [row for row in _kept(rows) if _value(row, "source")]
    return {
        "evidence": len(pieces),
        "sources": len({_value(row, "source") for row in pieces}),
        "unlocated_evidence": sum(not _value(row, "quote") and not _value(row, "locator") for row in pieces),
    }


def _citations(form: Any, row_sets: dict[str, RowSet]) -> dict[str, Any]:
    """Citations in the typed explanation of evidence that is not among the rows, or comes off with the save."""
    if "explanation_html" not in form.fields or "evidence" not in row_sets:
        return {}
    cited = set(citations.cited(clean(_value(form, "explanation_html"))))
    return {"unknown_citations": len(cited - {row.instance.pk for row in _kept(row_sets["evidence"])})}


def _kept(rows: RowSet | None) -> list[Any]:
    return [row for row in rows.forms if not row.is_wanted_gone] if rows is not None else []


def _changes_content(form: Any, row_sets: dict[str, RowSet]) -> bool:
    typed = {*CONTENT, *VERDICT_FIELDS} & set(form.changed_data)
    return bool(typed) or any(row_sets[name].changed() for name in _ROWS if name in row_sets)

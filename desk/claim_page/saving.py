"""What was posted on a claim's page, done by services in one transaction, each act on the version the last one left."""

from datetime import datetime
from typing import Any

from accounts.models import User
from articles import workflow
from articles.models import Claim
from articles.services.claims import claims
from articles.services.past_dates import CONFIRM
from articles.services.verification import transitions, verdicts
from desk.claim_page.fieldsets import CONTENT, WORK
from desk.claim_page.forms import ClaimForm
from desk.claim_page.row_sets import RowSet
from desk.claim_page.rows import PANELS
from desk.claims.stage_panel import needs_confirmation_page
from desk.http.refusals import as_form_errors


def save(
    claim: Claim | None, form: ClaimForm, row_sets: dict[str, RowSet], *, step: str, by: User, at: datetime
) -> Claim:
    """Enter the claim, or change what differs; then its rows, its verdict, and the step whose button was pressed.

    Raises ``RefusedFormError`` and ``StaleError``: then nothing may stay written.
    """
    with as_form_errors():
        claim = _claim(claim, form, by=by, at=at)
    for panel in PANELS:
        if panel.prefix in row_sets:
            claim = panel.save(row_sets[panel.prefix], claim, by=by, at=at)
    if "rating" in form.fields and form.cleaned_data.get("rating") and form.changed_verdict():
        # A part of the page has no field for the explanation: then it stays as it is.
        stored = form.verdict.explanation_html if form.verdict else ""
        claim = _propose(claim, {"explanation_html": stored, **form.cleaned_data}, by=by, at=at)
    if step in workflow.BY_KEY and not needs_confirmation(step):
        with as_form_errors(fields={"comment": ""}):
            for key in workflow.way(claim.stage, step):
                claim = transitions.apply_transition(claim=claim, transition=key, by=by, version=claim.version)
    return claim


def needs_confirmation(step: str) -> bool:
    """Whether a step has a page of its own on which it is confirmed."""
    return needs_confirmation_page(workflow.get(step))


def _claim(claim: Claim | None, form: ClaimForm, *, by: User, at: datetime) -> Claim:
    if claim is None:
        every = {name: form.cleaned_data[name] for name in (*CONTENT, CONFIRM, *WORK) if name in form.cleaned_data}
        return claims.create(by=by, at=at, **every)
    values = form.changed_columns()
    return claims.edit(claim=claim, by=by, at=at, version=claim.version, **values) if values else claim


def _propose(claim: Claim, given: dict[str, Any], *, by: User, at: datetime) -> Claim:
    with as_form_errors():
        return verdicts.propose_verdict(
            claim=claim,
            rating=given["rating"],
            summary=given["summary"],
            explanation_html=given["explanation_html"],
            by=by,
            at=at,
            version=claim.version,
        ).claim

"""Who asks the schema's questions: a reader, an editor and a partner, with what exists in the database at hand."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils import timezone

from accounts.models import User
from accounts.services import issue_token
from api.http import etags
from articles import workflow
from articles.choices import OPEN_STAGES
from articles.models import Article, Claim, Claimant, Evidence, Relation, RightOfReply, Source, Submission
from articles.models.appearance import Appearance
from articles.services import submissions
from bench.schema import Asker
from partners.choices import Scope
from partners.models import Endpoint, Partner
from partners.services import endpoints, keys

_TAGGED = re.compile(r"/api/v1/(?:desk|webhooks)/(?P<what>\w+)/(?P<pk>[0-9a-f-]{36}|[0-9]{1,9})/")
#: What has versions: the letter in its tag, and its rows. Asked here, because the API's answer costs more than a test.
_KINDS: Mapping[str, tuple[str, Any]] = {
    "claims": ("c", Claim),
    "articles": ("a", Article),
    "sources": ("s", Source),
    "claimants": ("p", Claimant),
    "endpoints": ("e", Endpoint),
}
#: What hangs on a claim, by the part of the address that says so.
_CHILDREN: Mapping[str, Any] = {
    "appearances": Appearance,
    "evidence": Evidence,
    "relations": Relation,
    "replies": RightOfReply,
}
_CHILD = re.compile(rf"/claims/{{claim_id}}/(?P<what>{'|'.join(_CHILDREN)})/{{pk}}/")
_PARTNERS = re.compile(r" /api/v1/(?:webhooks/(?!.*/test/$)|submissions/)")
_ENOUGH = 20


def askers(editor: User) -> Callable[[str], Asker]:
    """The asker for each operation, by its label: ``editor`` at the desk, a partner for its webhook endpoints and what
    it sends in, nobody in particular elsewhere.

    Test events are asked for by nobody: a partner's would leave this machine.
    """
    _, secret = issue_token(user=editor, name="schema")
    signed = {"Authorization": f"Bearer {secret}"}
    keyed = _partner()
    known = _known()
    reader = Asker(headers={}, known=known, tag=lambda path: "")
    desk = Asker(headers=signed, known=known, tag=_tag)
    partner = Asker(headers=keyed, known=known, tag=_tag)

    def of(label: str) -> Asker:
        if _PARTNERS.search(label):
            return partner
        if child := _CHILD.search(label):
            return replace(desk, together=_rows_of_claims(_CHILDREN[child["what"]]))
        return desk if " /api/v1/desk/" in label else reader

    return of


def _rows_of_claims(model: Any) -> list[dict[str, str]]:
    """Rows that hang on a claim, each with its claim: those of claims that may be edited first."""
    rows = model.objects.order_by(Case(When(claim__stage__in=OPEN_STAGES, then=0), default=1), "pk")
    return [{"claim_id": str(claim), "pk": str(pk)} for claim, pk in rows.values_list("claim_id", "pk")[:_ENOUGH]]


def _partner() -> dict[str, str]:
    """The headers of a partner that has an endpoint and has sent something in."""
    partner, _ = Partner.objects.get_or_create(name="Schema Times", defaults={"contact_email": "desk@times.example"})
    if not partner.endpoints.exists():
        endpoints.add(partner=partner, url="https://times.example/hook")
    _, secret = keys.issue_key(partner=partner, name="schema", scopes=[Scope.WEBHOOKS, Scope.SUBMIT])
    if not Submission.objects.filter(partner=partner).exists():
        sender, words = submissions.Sender(partner), "The bridge of Lindholm is the longest of the country"
        submissions.receive(sender=sender, payload={"text": words}, at=timezone.now(), text=words, language="en")
    return {"Authorization": f"Bearer {secret}"}


def _known() -> dict[str, Sequence[Any]]:
    def ids(model: Any) -> list[str]:
        return [str(pk) for pk in model.objects.order_by("pk").values_list("pk", flat=True)[:_ENOUGH]]

    return {
        "claim_id": ids(Claim),
        "article_id": ids(Article),
        "source_id": ids(Source),
        "claimant_id": ids(Claimant),
        "revision": [1, 2, 3],
        "transition": list(workflow.BY_KEY),
        "endpoint_id": ids(Endpoint),
        "submission_id": ids(Submission),
        "pk": ids(Evidence),
    }


def _tag(path: str) -> str:
    """The tag a write at ``path`` has to name: the claim's for what hangs on it, else its own; empty for no row."""
    found = _TAGGED.match(path)
    if not found or found["what"] not in _KINDS:
        return ""
    kind, model = _KINDS[found["what"]]
    try:
        version = model.objects.filter(pk=found["pk"]).values_list("version", flat=True).first()
    except (ValidationError, ValueError):  # no id at all
        return ""
    return "" if version is None else etags.of_version(kind, found["pk"], version)

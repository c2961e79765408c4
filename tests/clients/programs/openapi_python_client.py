"""The life of a claim with a client that openapi-python-client made: run by ``tests/clients/test_clients.py``."""

import json
import os
from typing import Any
from uuid import UUID

from factcheck_api_client import AuthenticatedClient, Client
from factcheck_api_client import models as m
from factcheck_api_client.api.desk_articles_sources_claimants import desk_articles_create, desk_sources_create
from factcheck_api_client.api.desk_claims import desk_claims_action, desk_claims_create, desk_claims_read
from factcheck_api_client.api.desk_what_hangs_on_a_claim import (
    desk_appearances_create,
    desk_evidence_create,
    desk_verdict_put,
)
from factcheck_api_client.api.have_you_checked_this import claims_match
from factcheck_api_client.api.read import changes_list, claims_list, claims_read

SITE = os.environ["SITE"]
checker, editor = (AuthenticatedClient(SITE, os.environ[name]) for name in ("TOKEN", "EDITOR_TOKEN"))
reader = Client(SITE)


def ok(answer: Any) -> Any:
    if isinstance(answer, m.Problem) or answer is None:
        raise SystemExit(f"refused: {answer}")
    return answer


def tag(claim: UUID, client: AuthenticatedClient = checker) -> str:
    return str(desk_claims_read.sync_detailed(claim, client=client).headers["ETag"])


def step(claim: UUID, name: m.DeskClaimsActionTransition, client: AuthenticatedClient, comment: str = "") -> Any:
    body = m.ActionFieldsRequest(comment=comment) if comment else m.ActionFieldsRequest()
    return ok(desk_claims_action.sync(claim, name, client=client, if_match=tag(claim, client), body=body))


page = ok(claims_list.sync(client=reader, page_size=10))
kept_back = [e.source for r in page.results for e in r.evidence if isinstance(e.source, m.ConfidentialSource)]
named = [e.source for r in page.results for e in r.evidence if isinstance(e.source, m.Source)]

article = ok(
    desk_articles_create.sync(
        client=checker,
        body=m.ArticleTextRequest(title="The ferry", body="The old ferry made 20 trips a day.", language="en"),
    )
)
source = ok(
    desk_sources_create.sync(
        client=checker, body=m.SourceFieldsRequest(title="Timetable", kind=m.SourceKind.DOCUMENT, is_primary=True)
    )
)
made = ok(
    desk_claims_create.sync(
        client=checker,
        body=m.ClaimFieldsRequest(
            text="The ferry made 20 trips a day",
            language="en",
            is_unattributed=True,
            claimed_on="2026-02-27",
            single_source_reason="There is one timetable.",
            why_chosen="It is about the ferry.",
        ),
    )
)
claim = made.id
passage = m.PassageRequest(article=article.id, exact="ferry made 20 trips a day")
ok(desk_appearances_create.sync(claim, client=checker, if_match=tag(claim), body=passage))
piece = m.EvidenceFieldsRequest(stance=m.Stance.SUPPORTS, source=source.id, locator="page 1")
ok(desk_evidence_create.sync(claim, client=checker, if_match=tag(claim), body=piece))
step(claim, m.DeskClaimsActionTransition.START, checker)
verdict = m.VerdictFieldsRequest(rating="true", summary="The timetable says so.", explanation_html="<p>See page 1.</p>")
ok(desk_verdict_put.sync(claim, client=checker, if_match=tag(claim), body=verdict))
step(claim, m.DeskClaimsActionTransition.SUBMIT, checker)
step(claim, m.DeskClaimsActionTransition.APPROVE, editor, comment="Compared with the timetable.")
step(claim, m.DeskClaimsActionTransition.PUBLISH, editor)
published = ok(claims_read.sync(claim, client=reader))
question = m.MatchQuestionRequest(text="FORWARDED!! the ferry made 20 trips a day")
answer = ok(claims_match.sync(client=reader, body=question))
step(claim, m.DeskClaimsActionTransition.RETRACT, editor, comment="The timetable was a draft.")
retracted = ok(claims_read.sync(claim, client=reader))
changes = ok(changes_list.sync(client=reader, page_size=100))
print(
    json.dumps(
        {
            "same": [[str(one.claim.id) == str(claim), one.score > 0] for one in answer.same],
            "followed": [record.kind.value for record in changes.results if record.claim.id == claim],
            "kept_back": [one.description for one in kept_back],
            "named": len(named),
            "published": [published.kind.value, published.verdict.rating.key],
            "retracted": [retracted.kind.value, retracted.retraction.note, retracted.verdict],
        }
    )
)

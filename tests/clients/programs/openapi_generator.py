"""The life of a claim with a client that openapi-generator made: run by ``tests/clients/test_clients.py``."""

import json
import os
from typing import Any

import factcheck_client as c

SITE = os.environ["SITE"]


def client(token: str = "") -> Any:
    return c.ApiClient(c.Configuration(host=SITE, access_token=token or None))


checker, editor, reader = client(os.environ["TOKEN"]), client(os.environ["EDITOR_TOKEN"]), c.ReadApi(client())
library, claims = c.DeskArticlesSourcesClaimantsApi(checker), c.DeskClaimsApi(checker)
children = c.DeskWhatHangsOnAClaimApi(checker)


def tag(claim: str, api: Any = claims) -> str:
    return str(api.desk_claims_read_with_http_info(claim).headers["ETag"])


def step(claim: str, name: str, api: Any = claims, **fields: str) -> None:
    api.desk_claims_action(
        claim, transition=name, if_match=tag(claim, api), action_fields_request=c.ActionFieldsRequest(**fields)
    )


page = reader.claims_list(page_size=10)
sources = [e.source.actual_instance for r in page.results for e in r.evidence]
kept_back = [one.description for one in sources if isinstance(one, c.ConfidentialSource)]

article = library.desk_articles_create(
    c.ArticleTextRequest(title="The ferry", body="The old ferry made 20 trips a day.", language="en")
)
source = library.desk_sources_create(c.SourceFieldsRequest(title="Timetable", kind="document", is_primary=True))
claim = claims.desk_claims_create(
    c.ClaimFieldsRequest(
        text="The ferry made 20 trips a day",
        language="en",
        is_unattributed=True,
        claimed_on="2026-02-27",
        single_source_reason="There is one timetable.",
        why_chosen="It is about the ferry.",
    )
).id
passage = c.PassageRequest(article=article.id, exact="ferry made 20 trips a day")
children.desk_appearances_create(claim, tag(claim), passage)
piece = c.EvidenceFieldsRequest(stance="supports", source=source.id, locator="page 1")
children.desk_evidence_create(claim, tag(claim), piece)
step(claim, "start")
verdict = c.VerdictFieldsRequest(rating="true", summary="The timetable says so.", explanation_html="<p>See page 1.</p>")
children.desk_verdict_put(claim, tag(claim), verdict)
step(claim, "submit")
second = c.DeskClaimsApi(editor)
step(claim, "approve", second, comment="Compared with the timetable.")
step(claim, "publish", second)
published = reader.claims_read(claim)
question = c.MatchBodyRequest(c.MatchQuestionRequest(text="FORWARDED!! the ferry made 20 trips a day"))
answer = c.HaveYouCheckedThisApi(client()).claims_match(question).actual_instance
step(claim, "retract", second, comment="The timetable was a draft.")
retracted = reader.claims_read(claim)
changes = reader.changes_list(page_size=100)
print(
    json.dumps(
        {
            "same": [[one.claim.id == claim, one.score > 0] for one in answer.same],
            "followed": [record.kind for record in changes.results if record.claim.id == claim],
            "kept_back": kept_back,
            "named": len(sources) - len(kept_back),
            "published": [published.kind, published.verdict.rating.key],
            "retracted": [retracted.kind, retracted.retraction.note, retracted.verdict],
        }
    )
)

"""The primary is away and a replica is there: what readers send is refused with their words, what they read stays."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from articles.models import Report, Submission
from articles.services import reports, submissions
from articles.services.collaboration import experts
from partners.services import keys
from tests import newsroom
from tests.desk.pages import form_of
from tests.factcheck.test_outages import lost
from tests.partners import hooks

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
WHAT = "The bridge cost 14 million, the final accounts say so."
TYPED = {"what": WHAT, "how_known": "I kept <the> books.", "link": "https://city.example/accounts"}


@pytest.fixture(autouse=True)
def _people_type_fast(settings: Any) -> None:
    settings.REPORT_MIN_SECONDS = 0.0


def lose_primary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "cursor", lost)


@pytest.mark.parametrize("kind", ["claim", "page", "suggestion"])
def test_a_form_is_shown_and_comes_back_filled_when_it_cannot_be_stored(
    kind: str, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = newsroom.published(people)
    path = {"claim": f"/claims/{claim.slug}/report/", "page": "/report/", "suggestion": "/suggest/"}[kind]
    typed = {"text": "The ferry made 20 trips a day", "reason": "I took it."} if kind == "suggestion" else TYPED
    if kind == "page":
        typed = {**typed, "page": "/articles/"}
    lose_primary(monkeypatch)
    client = Client(raise_request_exception=False)
    shown = client.get(path)
    assert shown.status_code == 200
    answer = client.post(path, form_of(shown) | typed)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Your text is still here" in answer.content.decode()
    again = form_of(answer)
    assert {name: again[name] for name in typed} == typed
    monkeypatch.undo()
    sent = client.post(path, again)
    assert sent.status_code == 303, "the form that came back can be sent"
    assert Report.objects.count() + Submission.objects.count() == 1


def test_the_state_of_what_was_sent_stays_there(
    people: SimpleNamespace, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = newsroom.published(people)
    report = reports.receive(form="1" * 32, claim_id=claim.pk, revision=1, at=now, **TYPED, email="")
    reports.dismiss(report=report, by=people.editor, at=now, answer="The accounts were revised.")
    suggestion = submissions.receive_from_reader(form="2" * 32, at=now, text="The ferry made 20 trips a day")
    lose_primary(monkeypatch)
    client = Client(raise_request_exception=False)
    seen = client.get(f"/reports/{report.reference.lower()}/")
    assert (seen.status_code, "The accounts were revised." in seen.content.decode()) == (200, True)
    seen = client.get(f"/suggestions/{suggestion.reference}/")
    assert (seen.status_code, "The ferry made 20 trips" in seen.content.decode()) == (200, True)
    assert client.get("/reports/AAAA-BBBB-CCCC-DDDD/").status_code == 503, "the primary may know it"


def test_a_replica_that_does_not_have_it_yet_is_no_reason_to_say_no(
    people: SimpleNamespace, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.receive(form="1" * 32, page="/articles/", at=now, **TYPED, email="")
    from articles.selectors.readers.forms import sent_in

    asked: list[str] = []
    row = sent_in._row

    def behind(alias: str, *rest: Any) -> Any:
        asked.append(alias)
        return None if alias == "readers" else row(alias, *rest)

    monkeypatch.setattr(sent_in, "_row", behind)
    assert Client().get(f"/reports/{report.reference}/").status_code == 200
    assert asked == ["readers", "default"]


def test_an_experts_page_says_what_is_the_matter_and_keeps_the_note(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = newsroom.draft(people.reporter)
    _link, secret = experts.invite(
        claim=claim, by=people.reporter, at=timezone.now(), question="Is it?", invited="Ada", days=3
    )
    address, client = f"/expert/{secret}/", Client(raise_request_exception=False)
    form = form_of(client.get(address)) | {"text": "The <accounts> say 14 million."}
    lose_primary(monkeypatch)
    shown = client.get(address)
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "10")
    assert "your link still works" in shown.content.decode()
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    answer = client.post(address, form)
    assert answer.status_code == 503
    assert form_of(answer)["text"] == "The <accounts> say 14 million."


def test_a_partner_reads_what_is_public_while_its_key_cannot_be_looked_up(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.published(people)
    _, secret = keys.issue_key(partner=hooks.partner(), name="proof", scopes=["read", "submit"])
    with_key = {"Authorization": f"Bearer {secret}"}
    lose_primary(monkeypatch)
    client = Client(raise_request_exception=False)
    for path in ("/api/v1/claims/", "/api/v1/changes/", "/api/v1/export/claims.jsonl"):
        assert client.get(path, headers=with_key).status_code == 200
    assert client.get("/api/v1/submissions/", headers=with_key).status_code == 503


def test_readers_may_ask_for_one_reference_or_picture_and_for_no_table() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
            " AND has_function_privilege('factcheck_readers', oid, 'EXECUTE') ORDER BY 1"
        )
        asked = ["factcheck_public_picture", "factcheck_report", "factcheck_suggestion"]
        assert [name for (name,) in cursor.fetchall()] == asked

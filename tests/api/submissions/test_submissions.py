"""Partners send claims and follow what becomes of them."""

import json
import tracemalloc
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Change, Claim, Claimant, Record, Source, Submission
from articles.services import submissions
from articles.services.library import claimants
from partners.models import Answer, Partner
from partners.services import keys
from tests import newsroom
from tests.desk.pages import page_of, signed_in
from tests.lib.claimreview.test_rows import REVIEW

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
URL = "/api/v1/submissions/"
BODY: dict[str, Any] = {
    "claim": "The new bridge cost 12 million crowns",
    "language": "en",
    "claimant": {"name": "Ada Berg", "kind": "person", "url": "https://ada.example/"},
    "claimed_on": "2026-02-27",
    "appearance": {"url": "https://herald.example/bridge", "title": "A bridge", "publisher": "Herald"},
    "reason": "It is all over town",
    "reference": "story-7",
}


class Caller:
    """Speaks as a partner newsroom's program does."""

    def __init__(self, name: str = "Morning Post", scopes: tuple[str, ...] = ("submit",)) -> None:
        self.partner, _ = Partner.objects.get_or_create(name=name, defaults={"contact_email": "desk@post.example"})
        self.key, self.secret = keys.issue_key(partner=self.partner, name="test", scopes=scopes)
        self.client, self.sent = Client(raise_request_exception=False), 0

    def post(self, body: Any = BODY, *, path: str = URL, key: str | None = "", **headers: str) -> HttpResponse:
        self.sent += 1
        if key is not None:
            headers["Idempotency-Key"] = key or f"{self.key.pk}-{self.sent}"
        data = body if isinstance(body, bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.secret}", **headers}
        return self.client.post(path, data, "application/json", headers=headers)

    def get(self, path: str = URL) -> Any:
        return self.client.get(path, headers={"Authorization": f"Bearer {self.secret}"})


@pytest.fixture
def caller(db: None) -> Caller:
    return Caller()


def only() -> Submission:
    return Submission.objects.get()


def test_a_submitted_claim_is_stored_and_found_at_its_location(caller: Caller) -> None:
    answer = caller.post()
    assert answer.status_code == 201, answer.content
    sent = answer.json()
    assert (sent["state"], sent["claim"], sent["reference"]) == ("received", None, "story-7")
    assert sent["sent"]["claimant"] == BODY["claimant"]
    assert caller.get(answer["Location"]).json() == sent
    assert only().payload == BODY
    change = Change.objects.get(table="articles_submission")
    assert (change.actor, change.surface, change.kind) == (None, "api", "insert")


@pytest.mark.parametrize(
    ("change", "attr", "code"),
    [
        ({"claim": " "}, "claim", "blank"),
        ({"claim": "\u200b\u200d"}, "claim", "blank"),
        ({"claim": "x" * 2001}, "claim", "max_length"),
        ({"claim": None}, "claim", "null"),
        ({"language": "English"}, "language", "language"),
        ({"claimed_on": "2999-01-01"}, "claimed_on", "future"),
        ({"claimed_on": "soon"}, "claimed_on", "invalid"),
        ({"appearance": {"url": "ftp://a.example/"}}, "appearance.url", "invalid"),
        ({"appearance": {"url": "https://me:pw@a.example/"}}, "appearance.url", "userinfo"),
        ({"appearance": {"url": "https://me@a.example/"}}, "appearance.url", "userinfo"),
        (
            {"appearance": {"url": "https://a.example/", "published_on": "2999-01-01"}},
            "appearance.published_on",
            "future",
        ),
        ({"appearance": {"url": "https://a.example/", "quote": "\u3164"}}, "appearance.quote", "blank"),
        ({"appearance": {}}, "appearance.url", "required"),
        ({"appearance": "https://a.example/"}, "appearance", "not_an_object"),
        ({"claimant": {"name": "\u2800"}}, "claimant.name", "blank"),
        ({"claimant": {"name": "A", "nick": "B"}}, "claimant.nick", "unknown_field"),
        ({"state": "accepted"}, "state", "unknown_field"),
        ({"claim_review": REVIEW}, "claim", "not_applicable"),
        ({"reason": "A\u0000B"}, "reason", "invalid_characters"),
    ],
    ids=range(19),
)
def test_a_submission_with_a_bad_body_is_refused_and_nothing_is_stored(
    caller: Caller, problem: Any, change: dict[str, Any], attr: str, code: str
) -> None:
    answer = caller.post(BODY | change, key="one")
    document = json.loads(answer.content)
    problem(answer, 400, document["code"])
    assert (attr, code) in [(error["attr"], error["code"]) for error in document["errors"]], document
    assert not Submission.objects.exists()
    assert caller.post(key="one").status_code == 201, "a refused request leaves its key free"


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"5", b'"x"', b"{", b"[" * 5000, b'{"claim": 1e999}'])
def test_a_request_that_is_no_submission_is_refused(caller: Caller, body: bytes) -> None:
    assert caller.post(body).status_code == 400
    assert not Submission.objects.exists()


def test_submitting_needs_a_key_with_the_scope_in_the_header(caller: Caller, problem: Any) -> None:
    problem(Client().post(URL, "{}", "application/json"), 401, "not_authenticated")
    problem(Client().get(f"{URL}?key={caller.secret}"), 400, "key_in_address")
    problem(Caller(scopes=("read",)).post(), 403, "scope_missing")
    keys.revoke_key(key=caller.key, at=newsroom.AT)
    answer = caller.post()
    problem(answer, 401, "invalid_key")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_partner_sees_only_its_own_submissions(caller: Caller, problem: Any) -> None:
    answer = caller.post()
    other = Caller("Evening News")
    assert other.get().json()["results"] == []
    problem(other.get(answer["Location"]), 404, "not_found")


def test_lists_of_submissions_are_filtered_and_paged(caller: Caller, problem: Any) -> None:
    for number in range(5):
        caller.post(BODY | {"reference": f"r{number % 2}"})
    first = caller.get(f"{URL}?page_size=2").json()
    second = caller.get(first["next"]).json()
    assert [one["reference"] for one in first["results"] + second["results"]] == ["r0", "r1", "r0", "r1"]
    assert len(caller.get(f"{URL}?reference=r1").json()["results"]) == 2
    assert caller.get(f"{URL}?state=declined").json()["results"] == []
    problem(caller.get(f"{URL}?state=draft"), 400, "validation_error")
    problem(caller.get(f"{URL}?cursor=abc"), 400, "invalid_cursor")


def accept(people: SimpleNamespace, by: str = "checker", text: str = "The bridge of Lindholm cost 12 million") -> Claim:
    return submissions.accept(submission=only(), by=getattr(people, by), at=newsroom.AT, text=text, language="en")


def test_an_accepted_claim_is_a_draft_that_the_sender_never_sees(caller: Caller, people: SimpleNamespace) -> None:
    address = caller.post()["Location"]
    claim = accept(people)
    assert (claim.stage, claim.created_by, claim.claimant.name) == ("draft", people.checker, "Ada Berg")
    assert claim.origin == "A bridge, Herald: https://herald.example/bridge"
    seen = caller.get(address).json()
    assert (seen["state"], seen["claim"]) == ("accepted", None)
    assert str(claim.pk) not in json.dumps(seen)
    assert claim.slug not in json.dumps(seen)
    assert [one["id"] for one in caller.get(f"{URL}?state=accepted").json()["results"]] == [seen["id"]]


def test_a_submissions_outcome_follows_the_public_state_of_its_claim(caller: Caller, people: SimpleNamespace) -> None:
    address = caller.post()["Location"]
    submissions.mark_duplicate(
        submission=only(), claim=newsroom.in_stage("review", people), by=people.checker, at=newsroom.AT
    )
    assert caller.get(address).json()["state"] == "accepted", "an unpublished claim is not named"
    claim = newsroom.take(Claim.objects.get(), "approve", people.checker)
    claim = newsroom.take(claim, "publish", people.editor)
    seen = caller.get(address).json()
    assert (seen["state"], seen["claim"]["id"]) == ("duplicate", str(claim.pk))
    assert caller.client.get(seen["claim"]["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_submission_shows_publication_and_retraction_of_its_claim(caller: Caller, people: SimpleNamespace) -> None:
    address = caller.post()["Location"]
    claim = newsroom.published(people)
    # the desk's own claim in place of the draft: what counts is what readers see of it
    Submission.objects.update(state="accepted", claim=claim, decided_by=people.checker, decided_at=newsroom.AT)
    assert caller.get(address).json()["state"] == "published"
    newsroom.take(claim, "retract", people.editor, comment="We misread the source.")
    seen = caller.get(address).json()
    assert (seen["state"], seen["claim"]["retracted"]) == ("retracted", True)
    for state, number in (("retracted", 1), ("published", 0), ("accepted", 0), ("duplicate", 0), ("received", 0)):
        assert len(caller.get(f"{URL}?state={state}").json()["results"]) == number, state


def test_a_submission_of_a_dropped_claim_is_not_shown_as_being_checked(caller: Caller, people: SimpleNamespace) -> None:
    address = caller.post()["Location"]
    claim = newsroom.take(accept(people), "drop", people.checker, comment="The timetable is lost.")
    seen = caller.get(address).json()
    assert (seen["state"], seen["claim"]) == ("dropped", None)
    assert "timetable" not in json.dumps(seen)
    for state, number in (("dropped", 1), ("accepted", 0), ("declined", 0)):
        assert len(caller.get(f"{URL}?state={state}").json()["results"]) == number, state
    newsroom.take(claim, "reopen", people.checker)
    assert caller.get(address).json()["state"] == "accepted"


def test_a_declined_submission_shows_its_reason_and_cannot_be_decided_again(
    caller: Caller, people: SimpleNamespace
) -> None:
    address = caller.post()["Location"]
    decline = {"submission": only(), "by": people.checker, "at": newsroom.AT}
    with pytest.raises(Exception, match="Say why"):
        submissions.decline(**decline, note=" ")
    with pytest.raises(submissions.NotAllowedError):
        submissions.decline(**{**decline, "by": people.reporter}, note="No.")
    submissions.decline(**decline, note="It is an opinion.")
    with pytest.raises(submissions.DecidedError):
        accept(people)
    assert (caller.get(address).json()["decision_note"], Claim.objects.count()) == ("It is an opinion.", 0)


def test_accepting_a_submission_reuses_known_claimant_and_article(caller: Caller, people: SimpleNamespace) -> None:
    article = newsroom.article(people.reporter, url="https://herald.example/bridge")
    caller.post(BODY | {"appearance": {"url": article.url, "quote": newsroom.QUOTE}})
    claim = accept(people)
    assert claim.appearances.get().exact == newsroom.QUOTE
    assert (Article.objects.count(), Claimant.objects.count()) == (1, 1)
    Submission.objects.update(state="received", claim=None, decided_by=None, decided_at=None)
    accept(people, text="Another statement")
    assert Claimant.objects.count() == 1


def test_accepting_another_newsrooms_review_makes_a_source_and_no_verdict(
    caller: Caller, people: SimpleNamespace
) -> None:
    answer = caller.post({"claim_review": REVIEW, "reason": "Look"})
    assert answer.status_code == 201, answer.content
    assert answer.json()["sent"]["review"]["rating"] == "Mostly false"
    again = caller.post({"claim_review": REVIEW})
    assert (again.status_code, again.json()["id"]) == (200, answer.json()["id"])
    claim = accept(people)
    assert (claim.evidence.count(), claim.verdicts.count(), Record.objects.count()) == (0, 0, 0)
    assert Source.objects.get().url == REVIEW["url"]


def test_a_doubtful_claimant_is_not_taken_over_from_a_submission(caller: Caller, people: SimpleNamespace) -> None:
    caller.post({"claim_review": REVIEW | {"itemReviewed": {"author": {"name": "Bridge Checks"}}}})
    assert (accept(people).claimant, Claimant.objects.count()) == (None, 0)


def test_an_ambiguous_claimant_name_is_not_taken_over_from_a_submission(
    caller: Caller, people: SimpleNamespace
) -> None:
    for role in ("mayor", "minister"):
        claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Ingrid Sundqvist", role=role)
    caller.post({"claim_review": REVIEW | {"itemReviewed": {"author": {"name": "Ingrid Sundqvist"}}}})
    assert (accept(people).claimant, Claimant.objects.count()) == (None, 2)


def test_an_import_of_reviews_reports_every_row(caller: Caller, problem: Any) -> None:
    path = f"{URL}claimreviews/"
    other = REVIEW | {"url": "https://checks.example/2"}
    rows = [REVIEW, REVIEW | {"claimReviewed": ""}, other, {"@type": "Thing"}, REVIEW]
    report = caller.post({"@graph": []}, path=path)
    problem(report, 422, "no_claim_review")
    report = caller.post(rows, path=path).json()
    assert [row["outcome"] for row in report["rows"]] == ["taken", "refused", "taken", "refused", "already_there"]
    assert [row["code"] for row in report["rows"]] == ["", "no_claim", "", "not_a_claim_review", ""]
    assert (report["taken"], report["already_there"], report["refused"]) == (2, 1, 2)
    again = caller.post(rows, path=path).json()
    assert (again["taken"], again["already_there"], Submission.objects.count()) == (0, 3, 2)
    problem(caller.post([REVIEW] * 501, path=path), 413, "too_many_rows")
    for none in ([[[]]], "Ø", 7, True, None):
        problem(caller.post(none, path=path), 422, "no_claim_review")


def test_a_repeated_idempotency_key_gets_the_same_answer_and_acts_once(caller: Caller, problem: Any) -> None:
    first = caller.post(key="k")
    again = caller.post(dict(reversed(BODY.items())), key="k")
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    problem(caller.post(BODY | {"claim": "Another"}, key="k"), 422, "idempotency_key_mismatch")
    problem(caller.post([REVIEW], path=f"{URL}claimreviews/", key="k"), 422, "idempotency_key_mismatch")
    assert (Submission.objects.count(), Answer.objects.count()) == (1, 1)
    assert Caller("Evening News").post(key="k").status_code == 201, "keys belong to a partner"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_required"),
        (" ", "idempotency_key_invalid"),
        ("x" * 256, "idempotency_key_invalid"),
        ("ä", "idempotency_key_invalid"),
        ("a\tb", "idempotency_key_invalid"),
    ],
    ids=range(5),
)
def test_a_missing_or_malformed_idempotency_key_is_refused(
    caller: Caller, problem: Any, key: str | None, code: str
) -> None:
    problem(caller.post(key=key), 400, code)
    assert not Submission.objects.exists()


def test_reading_a_body_costs_memory_in_proportion_to_it(caller: Caller) -> None:
    body = json.dumps({"k" * 20_000: ["a"] * 20_000}).encode()
    tracemalloc.start()
    answer = caller.post(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 400
    assert most < 50 * len(body)


def test_errors_name_the_first_bad_characters_and_shorten_long_names(caller: Caller) -> None:
    answer = caller.post(json.dumps({"k" * 9_000: ["\x00"] * 5_000}).encode())
    assert answer.json()["code"] == "invalid_characters"
    assert len(answer.json()["errors"]) == 100
    assert answer.json()["errors"][0]["attr"] == "k" * 100 + ".0"
    assert len(answer.content) < 100_000


def test_lists_do_not_read_the_documents_that_were_sent(caller: Caller, people: SimpleNamespace) -> None:
    caller.post()
    desk, page = signed_in(people.checker), page_of(only())
    with CaptureQueriesContext(connection) as queries:
        place = caller.get().json()["results"][0]["id"]
        caller.get(f"{URL}{place}/")
        desk.get("/admin/articles/submission/")
        desk.get(page)
    read = [query["sql"] for query in queries if 'FROM "articles_submission"' in query["sql"]]
    assert len(read) >= 4
    chosen = [sql.partition(" AS ")[0].partition(" FROM ")[0] for sql in read]
    assert [sql for sql in chosen if '"articles_submission"."payload",' in sql] == []

"""The desk over HTTP: three people take an article to a record, and nothing is lost or skipped."""

import itertools
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.models import PersonalToken, User
from articles.models import Article, Change, Claim, Record
from partners.services import limits
from tests import newsroom
from tests.api.conftest import DESK, Desk
from tests.transactions import undone

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def _ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    assert answer["Cache-Control"] == "private, no-store"
    return answer.json() if answer.content else None


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_three_people_take_a_claim_from_an_article_to_its_readers(desks: SimpleNamespace, reader: Client) -> None:
    reporter = desks.reporter
    article = _ok(reporter.ask("POST", "articles/", {"title": "A bridge", "body": newsroom.BODY}), 201)
    assert _ok(reporter.ask("POST", "articles/", {"title": "Again", "body": newsroom.BODY}))["id"] == article["id"]
    mayor = _ok(reporter.ask("POST", "claimants/", {"name": "Ada Lind", "role": "Mayor"}), 201)
    entered = reporter.ask("POST", "claims/", {"text": "The bridge cost 12 million", "claimant": mayor["id"]})
    claim = _ok(entered, 201)
    path, tag = f"claims/{claim['id']}/", entered["ETag"]
    assert tag == f'"c{claim["id"]}-v1"'
    assert {"verdict", "summary", "evidence", "sources", "origin"} <= {item["code"] for item in claim["checklist"]}
    passage = {"article": article["id"], "exact": newsroom.QUOTE}
    tag = (answer := reporter.ask("POST", path + "appearances/", passage, etag=tag))["ETag"]
    assert _ok(answer, 201)["start"] == newsroom.BODY.index(newsroom.QUOTE)
    for number in (1, 2):
        source = _ok(reporter.ask("POST", "sources/", {"title": f"Minutes {number}", "kind": "document"}), 201)
        link = {"source": source["id"], "stance": "supports", "locator": "page 4"}
        _ok(answer := reporter.ask("POST", path + "evidence/", link, etag=tag), 201)
        tag = answer["ETag"]
    verdict = {"rating": "true", "summary": "The minutes show it.", "explanation_html": "<p>Yes<script>x</script></p>"}
    tag = (answer := reporter.ask("PUT", path + "verdict/", verdict, etag=tag))["ETag"]
    assert _ok(answer)["explanation_html"] == "<p>Yes</p>"
    asked = {"asked": "The contractor", "asked_on": "2026-03-01", "means": "email"}
    _ok(answer := reporter.ask("POST", path + "replies/", asked, etag=tag), 201)
    assert _ok(reporter.act(claim["id"], "start"))["stage"] == "checking"
    assert _ok(reporter.act(claim["id"], "submit"))["stage"] == "review"
    assert _ok(desks.checker.act(claim["id"], "approve", comment="Looked it up."))["stage"] == "approved"
    published = _ok(desks.editor.act(claim["id"], "publish", comment="Out it goes."))
    assert (published["stage"], published["public"]["revision"]) == ("published", 1)
    record = reader.get(f"/api/v1/claims/{claim['id']}/")
    assert record.content == bytes(Record.objects.get().body)
    assert record.json()["claim"]["claimant"]["name"] == "Ada Lind"
    acts = _ok(reporter.ask("GET", path + "history/"))["results"]
    assert {act["surface"] for act in acts} == {"api"}
    assert [act["by"] for act in acts][:2] == ["editor", "checker"]
    assert [act["reason"] for act in acts][:2] == ["Out it goes.", "Looked it up."]


def test_a_claim_is_approved_by_a_second_person_only(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim = newsroom.take(newsroom.complete(people.checker), "submit", people.checker)
    steps = {s["action"]: s for s in _ok(desks.checker.ask("GET", f"claims/{claim.pk}/"))["steps"]}
    assert steps["approve"]["allowed"]
    assert not steps["approve"]["ready"]
    document = problem(desks.checker.act(claim.pk, "approve"), 409, "guards_unmet")
    assert [error["code"] for error in document["errors"]] == ["second_person"]
    assert Claim.objects.get(pk=claim.pk).stage == "review"
    edit = {"text": "The bridge cost exactly 12 million"}
    path = f"claims/{claim.pk}/"
    _ok(desks.second_checker.ask("PATCH", path, edit, etag=desks.second_checker.etag(path)))
    document = problem(desks.second_checker.act(claim.pk, "approve"), 409, "guards_unmet")
    assert "edited what is being approved" in document["detail"]


def test_a_claim_that_was_sent_back_says_by_whom_and_why(desks: SimpleNamespace, people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.complete(people.reporter), "submit", people.reporter)
    assert _ok(desks.reporter.ask("GET", f"claims/{claim.pk}/"))["sent_back"] is None
    answer = _ok(desks.checker.act(claim.pk, "send_back", comment="Which year?"))
    assert answer["sent_back"]["at"]
    assert (answer["sent_back"]["by"], answer["sent_back"]["reason"]) == ("checker", "Which year?")
    assert _ok(desks.reporter.act(claim.pk, "submit"))["sent_back"] is None


def test_a_correction_needs_severity_and_note(desks: SimpleNamespace, people: SimpleNamespace, problem: Any) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    claim = newsroom.propose(claim, people.reporter, rating="false")
    for step, by in (("submit", people.reporter), ("approve", people.checker)):
        claim = newsroom.take(claim, step, by)
    document = problem(desks.editor.act(claim.pk, "publish", severity="minor", note="x"), 400, "validation_error")
    assert document["errors"][0]["attr"] == "severity"
    problem(desks.editor.act(claim.pk, "publish", note="Only a note"), 400, "validation_error")
    document = problem(desks.editor.act(claim.pk, "publish"), 400, "validation_error")
    assert [(one["attr"], one["code"]) for one in document["errors"]] == [
        ("severity", "required"),
        ("note", "required"),
    ]
    steps = _ok(desks.editor.ask("GET", f"claims/{claim.pk}/"))["steps"]
    assert {step["action"]: step["needs_correction"] for step in steps}["publish"] is True
    assert Record.objects.count() == 1
    _ok(desks.editor.act(claim.pk, "publish", severity="verdict", note="It was false."))
    assert newsroom.record_of(claim).document()["corrections"][0]["note"] == "It was false."
    problem(desks.editor.act(claim.pk, "retract"), 400, "validation_error")
    problem(desks.editor.act(claim.pk, "retract", comment="Why", note="no"), 400, "validation_error")
    assert _ok(desks.editor.act(claim.pk, "retract", comment="Wrong."))["public"]["kind"] == "retracted"
    assert newsroom.record_of(claim).document()["retraction"]["attribution"] == "withdrawn"


def test_retracting_keeps_the_attribution_only_when_it_is_asked_to(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim = newsroom.published(people)
    refused = problem(desks.editor.act(claim.pk, "recheck", attribution="kept"), 400, "validation_error")
    assert refused["errors"][0]["attr"] == "attribution"
    problem(desks.editor.act(claim.pk, "retract", comment="Wrong.", attribution="maybe"), 400, "validation_error")
    assert newsroom.record_of(claim).kind == "published"
    _ok(desks.editor.act(claim.pk, "retract", comment="Wrong.", attribution="kept"))
    assert newsroom.record_of(claim).document()["retraction"]["attribution"] == "kept"


def test_a_write_without_or_with_a_stale_if_match_is_refused(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    source = newsroom.source(people.reporter)
    writes = [
        ("PATCH", f"claims/{claim.pk}/", {"text": "Changed"}),
        ("PUT", f"claims/{claim.pk}/verdict/", {"rating": "true", "summary": "x"}),
        ("POST", f"claims/{claim.pk}/evidence/", {"source": str(source.pk), "stance": "supports"}),
        ("POST", f"claims/{claim.pk}/relations/", {"kind": "repeats", "other": str(other.pk)}),
        ("POST", f"claims/{claim.pk}/actions/start/", {}),
    ]
    now = f'"c{claim.pk}-v1"'
    for method, path, body in writes:
        for bad in ("", "*"):
            refused = desks.reporter.ask(method, path, body, etag=bad)
            problem(refused, 428, "precondition_required")
            assert refused["ETag"] == now
        stale = (
            f'"c{claim.pk}-v2"',
            f'"c{other.pk}-v1"',
            f'"s{claim.pk}-v1"',
            f'"c{claim.pk}-v{"9" * 40}"',
        )
        for bad in stale:
            refused = desks.reporter.ask(method, path, body, etag=bad)
            problem(refused, 412, "stale")
            assert refused["ETag"] == now
        for bad in (now.strip('"'), f"{now}, {now}", "ü", '"', "\x7f"):
            problem(desks.reporter.ask(method, path, body, etag=bad), 400, "invalid_if_match")
    assert Claim.objects.get(pk=claim.pk).version == 1
    assert not Change.objects.filter(claim_id=claim.pk, kind="update").exists()
    for method, path, body in writes:
        tag = now if method == "POST" else f"W/{now}"  # what a proxy makes of it that compresses the answer
        answer = desks.reporter.ask(method, path, body, etag=tag)
        assert answer.status_code in (200, 201), answer.content
        assert answer["ETag"] not in ("", now)
        now = answer["ETag"]


@pytest.mark.parametrize(("kind", "name"), [("source", "title"), ("claimant", "name"), ("article", "title")])
def test_sources_articles_and_claimants_have_versions(
    kind: str, name: str, desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    if kind == "article":
        newsroom.article(people.reporter)
        made = _ok(desks.reporter.ask("GET", "articles/"))["results"][0]
    else:
        body = {name: "One", "kind": "document" if kind == "source" else "person"}
        made = _ok(desks.reporter.ask("POST", f"{kind}s/", body), 201)
    path = f"{kind}s/{made['id']}/"
    tag = desks.reporter.etag(path)
    assert tag == f'"{ {"source": "s", "claimant": "p", "article": "a"}[kind] }{made["id"]}-v1"'
    problem(desks.reporter.ask("PATCH", path, {name: "Two"}), 428, "precondition_required")
    changed = desks.reporter.ask("PATCH", path, {name: "Two"}, etag=tag)
    assert _ok(changed)[name] == "Two"
    refused = desks.reporter.ask("PATCH", path, {name: "Three"}, etag=tag)
    problem(refused, 412, "stale")
    assert refused["ETag"] == changed["ETag"] == desks.reporter.etag(path)
    assert [r[name] for r in _ok(desks.reporter.ask("GET", f"{kind}s/"))["results"]] == ["Two"]


def test_rows_of_a_claim_can_be_added_changed_and_deleted(desks: SimpleNamespace, people: SimpleNamespace) -> None:
    claim, other = newsroom.complete(people.reporter), newsroom.draft(people.reporter)
    path, desk = f"claims/{claim.pk}/", desks.reporter
    row = _ok(desk.ask("GET", path + "evidence/"))["results"][0]
    changed = desk.ask("PATCH", f"{path}evidence/{row['id']}/", {"note": "New"}, etag=desk.etag(path))
    assert _ok(changed) == row | {"note": "New"}
    capture = _ok(desk.ask("POST", f"sources/{row['source']}/captures/", {"text": "As seen."}), 201)
    changed = desk.ask("PATCH", f"{path}evidence/{row['id']}/", {"capture": capture["id"]}, etag=desk.etag(path))
    assert _ok(changed)["capture"] == capture["id"]
    made = {
        "relations": {"kind": "narrows", "other": str(other.pk)},
        "replies": {"asked": "The mayor", "asked_on": "2026-03-01", "means": "phone"},
    }
    for name, body in made.items():
        _ok(desk.ask("POST", f"{path}{name}/", body, etag=desk.etag(path)), 201)
    reply = _ok(desk.ask("GET", path + "replies/"))["results"][0]
    answer = {"answer": "We agree.", "answered_on": "2026-03-02"}
    assert (
        _ok(desk.ask("PATCH", f"{path}replies/{reply['id']}/", answer, etag=desk.etag(path)))["answer"] == "We agree."
    )
    for name in ("appearances", "evidence", "replies", "relations"):
        for row in _ok(desk.ask("GET", f"{path}{name}/"))["results"]:
            gone = desk.ask("DELETE", f"{path}{name}/{row['id']}/", etag=desk.etag(path))
            assert (gone.status_code, gone.content) == (204, b"")
            assert gone["ETag"] == desk.etag(path)
        assert _ok(desk.ask("GET", path))[name] == []


def test_a_row_of_another_claim_is_not_reached_through_this_one(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    mine, other = newsroom.draft(people.reporter), newsroom.complete(people.reporter)
    for name in ("appearances", "evidence"):
        pk = getattr(other, name).first().pk
        tag = desks.reporter.etag(f"claims/{mine.pk}/")
        problem(desks.reporter.ask("DELETE", f"claims/{mine.pk}/{name}/{pk}/", etag=tag), 404, "not_found")
        assert getattr(other, name).filter(pk=pk).exists()


def test_a_published_claim_cannot_be_edited_in_place(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim = newsroom.published(people)
    path = f"claims/{claim.pk}/"
    tag = desks.editor.etag(path)
    document = problem(desks.editor.ask("PATCH", path, {"text": "Other"}, etag=tag), 409, "wrong_stage")
    assert document["stage"] == "published"
    problem(desks.editor.act(claim.pk, "publish"), 409, "wrong_stage")
    missing = desks.editor.ask("POST", path + "actions/explode/", {}, etag=tag)
    assert "publish" in problem(missing, 404, "not_found")["detail"]


WRITES = {
    "article": ("POST", "articles/", {"title": "T", "body": "Words of an article."}, "rcea"),
    "source": ("POST", "sources/", {"title": "T", "kind": "document"}, "rcea"),
    "claimant": ("POST", "claimants/", {"name": "N", "kind": "person"}, "rcea"),
    "claim": ("POST", "claims/", {"text": "A statement"}, "rcea"),
    "edit": ("PATCH", "claims/{review}/", {"text": "Another statement"}, "rcea"),
    "verdict": ("PUT", "claims/{review}/verdict/", {"rating": "false", "summary": "No."}, "rcea"),
    "assign": ("PATCH", "claims/{review}/", {"assignee": "colleague"}, "ea"),
    "send_back": ("POST", "claims/{review}/actions/send_back/", {"comment": "Why?"}, "cea"),
    "approve": ("POST", "claims/{review}/actions/approve/", {"comment": "Compared."}, "cea"),
    "publish": ("POST", "claims/{approved}/actions/publish/", {}, "ea"),
    "recheck": ("POST", "claims/{published}/actions/recheck/", {}, "cea"),
    "retract": ("POST", "claims/{published}/actions/retract/", {"comment": "Wrong."}, "ea"),
}


@pytest.mark.parametrize("what", WRITES)
def test_each_role_may_write_what_the_table_says(what: str, people: SimpleNamespace) -> None:
    method, path, body, allowed = WRITES[what]
    author = SimpleNamespace(**vars(people) | {"reporter": people.colleague, "checker": people.second_checker})
    stage = path.partition("{")[2].partition("}")[0]
    claim = newsroom.in_stage(stage, author) if stage else None
    path = path.format(**{stage: claim.pk}) if claim else path
    tag = f'"c{claim.pk}-v{claim.version}"' if claim else ""
    before = Change.objects.count()
    users = {"outsider": User.objects.create_user("outsider"), **vars(people)}
    statuses = {}
    for who in ("outsider", "reporter", "checker", "editor", "administrator"):
        with undone():
            if what == "approve":  # what nobody read is not approved
                Desk(users[who]).ask("GET", path.partition("actions/")[0])
            answer = Desk(users[who]).ask(method, path, body, etag=tag)
            statuses[who] = answer.status_code
            if answer.status_code >= 400:
                assert answer["Content-Type"] == "application/problem+json", who
                assert Change.objects.count() == before, who
    expected = {who: {200, 201} if who[0] in allowed else {403} for who in statuses}
    assert [who for who, status in statuses.items() if status not in expected[who]] == [], statuses
    headers = {"If-Match": tag}
    answer = Client().generic(method, DESK + path, json.dumps(body), "application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert Change.objects.count() == before


def test_only_a_live_token_in_the_header_signs_in(people: SimpleNamespace, problem: Any) -> None:
    token, secret = services.issue_token(user=people.reporter, name="t")
    bare = Client(raise_request_exception=False)
    for header in (f"Bearer {secret}x", "Bearer", "Bearer \x00", "Bearer ü" * 50, f"bearer  {secret[:-1]}"):
        problem(bare.get(DESK + "claims/", headers={"Authorization": header}), 401, "invalid_token")
    for query in (f"?token={secret}", f"?access_token={secret}", f"?api_key={secret}"):
        problem(bare.get(DESK + "claims/" + query), 400, "key_in_address")
    good = {"Authorization": f"Bearer {secret}"}
    problem(bare.get(f"{DESK}claims/?token={secret}", headers=good), 400, "key_in_address")
    assert bare.get(DESK + "claims/", headers=good).status_code == 200
    used = PersonalToken.objects.get(pk=token.pk).last_used_at
    assert used is not None
    assert bare.get(DESK + "claims/", headers=good).status_code == 200
    assert PersonalToken.objects.get(pk=token.pk).last_used_at == used
    services.revoke_token(token=token, at=timezone.now())
    problem(bare.get(DESK + "claims/", headers=good), 401, "invalid_token")


def test_a_session_needs_its_csrf_token_to_write(people: SimpleNamespace, problem: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.reporter)
    assert client.get(DESK + "claims/").status_code == 200
    body = json.dumps({"name": "Ada Lind"})
    problem(client.post(DESK + "claimants/", body, "application/json"), 403, "permission_denied")
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(DESK + "claimants/", body, "application/json", headers={"X-CSRFToken": "a" * 32})
    assert answer.status_code == 201


def test_an_article_comes_as_a_file(desks: SimpleNamespace, problem: Any) -> None:
    def send(data: bytes, name: str, **fields: str) -> Any:
        upload = SimpleUploadedFile(name, data)
        header = {"Authorization": f"Bearer {desks.reporter.secret}"}
        return desks.reporter.client.post(DESK + "articles/", {"file": upload, **fields}, headers=header)

    given = {"publisher": "Herald", "published_on": ""}  # a form sends its empty fields along
    made = _ok(send(b"# A tower leans\n\nIt has leaned for years.\n", "tower.md", **given), 201)
    assert (made["title"], made["publisher"], made["texts"][0]["how"]) == ("A tower leans", "Herald", "file")
    assert _ok(send(b"# A tower leans\n\nIt has leaned for years.\n", "other.md"))["id"] == made["id"]
    problem(send(b"", "empty.txt"), 422, "empty")
    problem(send(b"\x89PNG\r\n\x00\x01\x02\x03\xff", "x.txt"), 422, "binary")
    problem(send("Gr\u00fc\u00dfe".encode("latin-1"), "x.txt"), 422, "encoding")
    problem(send(b"a" * (5 * 1024 * 1024 + 1), "x.txt"), 413, "too_large")
    problem(send(b"Words", "x.txt", url="javascript:alert(1)"), 400, "validation_error")
    problem(send(b"Words", "x.txt", colour="red"), 400, "unknown_field")
    problem(send(b"Words", "x.txt", title="a\x00b"), 400, "invalid_characters")
    assert Article.objects.count() == 1


def test_values_of_a_wrong_type_are_refused_and_not_converted(desks: SimpleNamespace, problem: Any) -> None:
    claim = {"text": "The bridge cost 12 million", "assignee": ""}
    assert (
        problem(desks.reporter.ask("POST", "claims/", claim), 400, "validation_error")["errors"][0]["attr"]
        == "assignee"
    )
    for name, value in {"origin": 5, "is_unattributed": "yes"}.items():
        said = problem(
            desks.reporter.ask("POST", "claims/", {"text": "It cost 12", name: value}), 400, "validation_error"
        )
        assert said["errors"][0]["attr"] == name
    long = {"title": "Minutes", "kind": "document", "public_description": f" {'x' * 300}"}
    error = problem(desks.reporter.ask("POST", "sources/", long), 400, "validation_error")["errors"][0]
    assert (error["attr"], error["code"]) == ("public_description", "max_length")


def test_a_quote_has_to_be_in_the_text_once(desks: SimpleNamespace, people: SimpleNamespace, problem: Any) -> None:
    claim, article = newsroom.draft(people.reporter), newsroom.article(people.reporter)
    path, tag = f"claims/{claim.pk}/appearances/", f'"c{claim.pk}-v1"'

    def mark(exact: str, **more: Any) -> Any:
        return desks.reporter.ask("POST", path, {"article": str(article.pk), "exact": exact, **more}, etag=tag)

    problem(mark("words that are not there"), 422, "quote_not_found")
    positions = problem(mark("a day"), 422, "quote_ambiguous")["positions"]
    assert len(positions) == 2
    problem(mark(""), 400, "validation_error")
    problem(mark("a day", start=10**30), 400, "validation_error")
    assert _ok(mark("a day", start=positions[1]), 201)["start"] == positions[1]


def test_the_list_of_claims_is_filtered_and_costs_the_same_however_long(
    desks: SimpleNamespace, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_calls", itertools.count(1))  # every thousandth request also deletes unused limits

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            _ok(desks.editor.ask("GET", path))
        return len(seen)

    first = newsroom.complete(people.reporter, assignee=people.reporter)
    queries("claims/")  # notes the token's use
    lists = ["claims/?page_size=200", "sources/?page_size=200", "articles/", f"claims/{first.pk}/"]
    few = [queries(path) for path in lists]
    for _ in range(50):
        newsroom.draft(people.editor, assignee=people.colleague)
        newsroom.source(people.reporter)
    assert [queries(path) for path in lists] == few
    found = _ok(desks.editor.ask("GET", "claims/?stage=checking&assignee=reporter"))["results"]
    assert [row["id"] for row in found] == [str(first.pk)]
    address, seen = DESK + "claims/?page_size=20", []
    while address:
        page = _ok(desks.editor.ask("GET", address.replace("http://testserver", "")))
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 51

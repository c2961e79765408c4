"""The article desk over HTTP: its page without scripts, its JSON, who may what, what is refused and how."""

import json
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Appearance, Claim, RightOfReply
from articles.services.articles import intake
from tests import newsroom
from tests.desk.pages import signed_in, text_of
from tests.newsroom import AT, QUOTE

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture
def article(people):
    return newsroom.article(people.reporter)


@pytest.fixture
def reporter(people):
    return signed_in(people.reporter)


def desk(article, rest=""):
    return reverse("admin:articles_article_desk", args=[article.pk]) + rest


def send(client, method, address, **body):
    return getattr(client, method)(address, json.dumps(body), content_type="application/json")


def put(client, article, pk=None, **body):
    values = {"exact": QUOTE, "start": None, "text": "It cost 12 million crowns", **body}
    return send(client, "put", desk(article, f"claims/{pk or uuid.uuid4()}/"), **values)


@pytest.fixture
def claim(article, reporter):
    return Claim.objects.get(pk=put(reporter, article).json()["id"])


def test_the_page_shows_the_text_with_its_passages_and_the_claims(article, reporter, claim):
    page = reporter.get(desk(article))
    root = page.content.decode()
    assert f'id="passage-{claim.appearances.get().pk}"' in root
    assert f"{QUOTE}</a></mark>" in root
    assert "It cost 12 million crowns" in text_of(page)
    assert 'dir="ltr"' in root


def test_a_passage_is_marked_without_scripts(article, reporter):
    data = {
        "exact": QUOTE,
        "text": "It cost 12 million",
        "claimant": "Eva Lind",
        "claimed_on": "2026-03-01",
        "mine": "on",
    }
    answer = reporter.post(desk(article), data)
    claim = Claim.objects.get()
    assert answer.url == desk(article, f"?text=1#claim-{claim.pk}")
    assert (claim.claimant.name, claim.assignee.username) == ("Eva Lind", "reporter")
    assert claim.appearances.get().exact == QUOTE


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"exact": "not in the text"}, "This passage is not in the article"),
        ({"exact": "t"}, "stands in the article"),
        ({"text": ""}, "This field is required"),
        ({"claimed_on": "yesterday"}, "Write a day, a month or a year"),
        ({"claimant": "Eva Lind", "is_unattributed": "on"}, "not both"),
        ({"exact": "\x00"}, "Null characters are not allowed"),
        ({"claimant_id": "nobody"}, ""),
    ],
)
def test_what_is_wrong_without_scripts_stands_beside_the_field(article, reporter, wrong, says):
    answer = reporter.post(desk(article), {"exact": QUOTE, "text": "It cost 12 million", **wrong})
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert Claim.objects.count() == 0


def test_a_claim_is_put_once(article, reporter):
    pk = uuid.uuid4()
    answers = [put(reporter, article, pk) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    found = answers[1].json()
    assert found["id"] == str(pk)
    mark = found["passages"][0]
    body = article.current_version().body
    assert body[mark["start"] : mark["end"]] == QUOTE
    assert any("verdict" in item["text"] for item in found["missing"])
    assert Claim.objects.count() == 1


def test_who_is_new_has_the_office_that_the_text_gives(article, reporter):
    put(reporter, article, claimant="Board of Bridges", claimant_kind="organisation", claimant_role="regulator")
    who = Claim.objects.get().claimant
    assert (who.name, who.kind, who.role) == ("Board of Bridges", "organisation", "regulator")
    answer = put(reporter, article, claimant="Eva Lind", claimant_kind="robot")
    assert [error["attr"] for error in answer.json()["errors"]] == ["claimant_kind"]


def test_a_new_name_is_of_the_kind_that_it_suggests_or_the_kind_is_asked_for(article, reporter):
    answer = put(reporter, article, claimant="Ada")
    assert [error["attr"] for error in answer.json()["errors"]] == ["claimant_kind"]
    put(reporter, article, claimant="Министерство транспорта")
    assert Claim.objects.get().claimant.kind == "government"
    found = reporter.get(desk(article, "claimants/"), {"q": "Lindholm University"}).json()
    assert found == {"claimants": [], "kind": "organisation"}


def test_errors_name_their_fields(article, reporter):
    answer = put(reporter, article, text="", claimed_on="32 May", exact=QUOTE)
    assert answer.status_code == 400
    assert sorted(error["attr"] for error in answer.json()["errors"]) == ["claimed_on", "text"]
    answer = put(reporter, article, exact="gone from the text")
    assert [error["attr"] for error in answer.json()["errors"]] == ["exact"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"text": {"a": 1}}', b'{"text": "\\ud800"}', b"\xff", b"[" * 5000]
)
def test_a_body_that_is_no_object_is_refused(article, reporter, body):
    address = desk(article, f"claims/{uuid.uuid4()}/")
    answer = reporter.put(address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_passage_somebody_else_marked_is_said_with_the_claim(people, article, reporter, claim):
    other = signed_in(people.colleague)
    answer = put(other, article, text="Another one")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_marked")
    assert answer.json()["marks"] == [{"claim": str(claim.pk), "statement": claim.text}]
    assert put(other, article, text="Another one", seen=[str(claim.pk)]).status_code == 201


def test_words_change_on_the_version_that_was_seen(article, reporter, claim):
    address = desk(article, f"claims/{claim.pk}/")
    words = reporter.get(address).json()["fields"]
    changed = send(reporter, "patch", address, **words | {"text": "It cost 12m", "version": claim.version})
    assert (changed.status_code, changed.json()["fields"]["text"]) == (200, "It cost 12m")
    stale = send(reporter, "patch", address, **words | {"text": "It cost 13m", "version": claim.version})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert send(reporter, "patch", address, **words).json()["code"] == "unreadable"
    assert Claim.objects.get().text == "It cost 12m"


def test_steps_are_taken_or_refused_with_their_reasons(article, reporter, claim):
    address = desk(article, f"claims/{claim.pk}/step/")
    started = send(reporter, "post", f"{address}start/", version=claim.version)
    assert started.json()["stage"]["key"] == "checking"
    refused = send(reporter, "post", f"{address}submit/", version=started.json()["version"])
    assert (refused.status_code, refused.json()["code"]) == (400, "guards_unmet")
    assert "verdict" in refused.json()["detail"]
    assert send(reporter, "post", f"{address}start/", version=started.json()["version"]).status_code == 409
    assert send(reporter, "post", f"{address}nonsense/", version=1).status_code == 404
    assert reporter.get(f"{address}start/").status_code == 405


def test_a_reply_is_noted_and_answered_in_place(article, reporter, claim):
    address = desk(article, f"claims/{claim.pk}/replies/")
    asked = {"asked": "The mayor", "asked_on": "2026-03-02", "means": "email"}
    noted = send(reporter, "post", address, version=claim.version, **asked).json()
    number = noted["replies"][0]["id"]
    answered = {**asked, "answer": "It is right.", "answered_on": "2026-03-01"}
    refused = send(reporter, "post", f"{address}{number}/", version=noted["version"], **answered)
    assert "cannot be older" in refused.json()["detail"]
    answered["answered_on"] = "2026-03-03"
    kept = send(reporter, "post", f"{address}{number}/", version=noted["version"], **answered)
    assert kept.json()["replies"][0]["answer"] == "It is right."
    assert RightOfReply.objects.get().answer == "It is right."
    assert send(reporter, "post", address, version=claim.version, **asked).status_code == 409
    assert send(reporter, "post", f"{address}{number + 1}/", version=kept.json()["version"], **asked).status_code == 404


def test_what_was_just_entered_is_taken_back(article, reporter, claim):
    answer = send(reporter, "post", desk(article, f"claims/{claim.pk}/take-back/"), version=claim.version)
    assert answer.status_code == 200
    assert reporter.get(desk(article, "state/")).json()["claims"] == []
    assert Claim.objects.get().stage == "dropped"


def test_the_state_is_sent_again_only_when_it_changed(article, reporter, claim):
    first = reporter.get(desk(article, "state/"))
    tag = first.headers["ETag"]
    assert reporter.get(desk(article, "state/"), headers={"If-None-Match": tag}).status_code == 304
    newsroom.take(claim, "start", claim.created_by)
    again = reporter.get(desk(article, "state/"), headers={"If-None-Match": tag})
    assert again.json()["claims"][0]["stage"]["key"] == "checking"


def test_the_state_costs_the_same_for_many_claims(article, reporter, claim, django_assert_num_queries):
    with django_assert_num_queries(10):
        reporter.get(desk(article, "state/"))
    for quote in ("It was opened in 2019", "Critics call it too narrow", "The old ferry"):
        put(reporter, article, exact=quote, text=quote)
    with django_assert_num_queries(10):
        reporter.get(desk(article, "state/"))


def test_an_older_text_is_shown_with_its_passages_and_says_that_it_is_old(people, reporter):
    address = "https://paper.example/bridge"
    article = newsroom.article(people.reporter, url=address)
    put(reporter, article)
    intake.import_text(body="A new text.", by=people.reporter, at=AT, how="paste", title="A bridge", url=address)
    new, old = reporter.get(desk(article)), reporter.get(desk(article, "?text=1"))
    assert Appearance.objects.get().exact in text_of(old)
    assert '<p id="mark-newer" class="desk-note mark-newer" >' in old.content.decode()
    assert '<p id="mark-newer" class="desk-note mark-newer" hidden>' in new.content.decode()
    assert put(reporter, article, exact="A new text", article_text="1").json()["code"] == "quote_not_found"
    assert reporter.get(desk(article, "?text=3")).status_code == 404
    assert reporter.get(desk(article, "?text=²")).status_code == 404


def test_claimants_are_found_by_any_part_of_their_name(people, article, reporter):
    put(reporter, article, claimant="Ingrid Sundqvist")
    found = reporter.get(desk(article, "claimants/?q=sund ing")).json()["claimants"]
    assert [row["name"] for row in found] == ["Ingrid Sundqvist"]
    for nothing in ("", "%00", "zzz"):
        assert reporter.get(desk(article, f"claimants/?q={nothing}")).json()["claimants"] == []


@pytest.mark.parametrize("query", ["start=-1&end=3", "start=&end=3", "start=1", "start=1&end=99999999999"])
def test_a_passage_that_is_none_has_no_speaker(article, reporter, query):
    assert reporter.get(desk(article, f"speaker/?{query}")).status_code == 400


def test_a_speaker_is_asked_for_beyond_the_end(article, reporter):
    assert reporter.get(desk(article, "speaker/?start=0&end=999999")).json()["claimant"] is None


WHO = {"reporter": (200, 201), "checker": (200, 201), "editor": (200, 201), "administrator": (200, 201)}


@pytest.mark.parametrize("who", WHO)
def test_every_role_of_the_newsroom_marks(people, article, who):
    client = signed_in(getattr(people, who))
    assert (client.get(desk(article)).status_code, put(client, article).status_code) == WHO[who]


def test_who_may_only_look_sees_everything_and_changes_nothing(people, article, reporter, claim, django_user_model):
    reader = django_user_model.objects.create_user("onlooker", password="x", is_staff=True)
    client = signed_in(reader)
    assert client.get(desk(article)).status_code == 403
    assert client.get(desk(article, "state/")).status_code == 403
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_claim", "view_article"]))
    assert client.get(desk(article)).status_code == 200
    assert client.post(desk(article), {"exact": QUOTE, "text": "x"}).status_code == 403
    address = desk(article, f"claims/{claim.pk}/")
    assert client.get(address).json()["may_edit"] is False
    words = {"text": "x", "version": claim.version}
    asked = {"asked": "x", "asked_on": "2026-03-02", "means": "email", "version": claim.version}
    refused = [
        put(client, article),
        send(client, "patch", address, **words),
        send(client, "post", f"{address}step/start/", version=claim.version),
        send(client, "post", f"{address}take-back/", version=claim.version),
        send(client, "post", f"{address}replies/", **asked),
    ]
    assert [answer.status_code for answer in refused] == [403] * 5
    assert Claim.objects.get().version == claim.version


def test_a_claim_of_another_article_is_not_there(people, article, reporter, claim):
    other = newsroom.article(people.reporter, title="Another", body="Another text.")
    assert reporter.get(desk(other, f"claims/{claim.pk}/")).status_code == 404
    assert put(reporter, other, claim.pk, exact="Another text").json()["code"] == "id_taken"


def test_nobody_else_comes_in(client, article):
    assert client.get(desk(article)).status_code == 302
    assert client.get(desk(article, "state/")).status_code == 302

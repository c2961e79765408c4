"""Working together on the claim's page, in the list, and as the desk's panel asks for it."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.models import User
from articles.models import Claim, Comment, Dependency, Evidence, ExpertLink, ExpertNote
from articles.services.collaboration import comments, dependencies, experts
from desk.collaboration import pages
from tests import newsroom
from tests.desk.pages import form_of, page_of, signed_in, text_of

pytestmark = pytest.mark.django_db


def act(claim: Claim, key: str) -> str:
    return reverse("admin:articles_claim_together_act", args=[claim.pk, key])


def version_on(client: Client, claim: Claim) -> str:
    root = html.fromstring(client.get(page_of(claim)).content.decode())
    return root.xpath("//input[@name='_claim_version']/@value")[0]


def post(client: Client, claim: Claim, key: str, **values) -> dict:
    answer = client.post(act(claim, key), json.dumps(values), content_type="application/json")
    return {"status": answer.status_code, **answer.json()}


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.complete(people.reporter)


# --- The claim's page ---------------------------------------------------------------------------------
def test_a_comment_is_said_and_resolved_on_the_claims_page(claim, people) -> None:
    reporter, checker = signed_in(people.reporter), signed_in(people.checker)
    said = reporter.post(act(claim, "say"), {"text": "@checker <script>x</script>\n@nobody"}, follow=True)
    assert "Nobody on the desk is called @nobody." in text_of(said)
    assert not Comment.objects.exists()
    reporter.post(act(claim, "say"), {"text": "@checker <script>x</script>"})
    page = checker.get(page_of(claim))
    assert "&lt;script&gt;x&lt;/script&gt;" in page.content.decode()
    assert "<script>x" not in page.content.decode()
    assert "1 open comment, 1 for you" in text_of(page)
    assert "You are mentioned here." in text_of(page)
    checker.post(act(claim, "seen"))
    assert "You are mentioned here." not in text_of(checker.get(page_of(claim)))
    row = Comment.objects.get()
    checker.post(act(claim, "resolve"), {"row": row.pk})
    assert "Resolved by Checker Test" in text_of(reporter.get(page_of(claim)))
    twice = signed_in(people.editor).post(act(claim, "resolve"), {"row": row.pk}, follow=True)
    assert "Checker Test has resolved this already." in text_of(twice)


def test_saving_the_claim_does_not_lose_what_others_say_meanwhile(claim, people) -> None:
    """A comment is no change of the claim: a form that was open all the while is not stale."""
    reporter = signed_in(people.reporter)
    data = form_of(reporter.get(page_of(claim)))
    comments.write(claim=claim, text="Wait!", by=people.checker, at=timezone.now())
    assert reporter.post(page_of(claim), data | {"origin": "TV"}).status_code == 302
    claim.refresh_from_db()
    assert claim.origin == "TV"


def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_written(claim, people) -> None:
    reporter = signed_in(people.reporter)
    empty = reporter.post(act(claim, "say"), {"text": " "})
    assert "Write a comment first." in text_of(empty)
    wait = reporter.post(act(claim, "wait"), {"kind": "document", "note": ""})
    assert "Say what exactly is waited for" in text_of(wait)
    for days in ("0", "31", "x", ""):
        link = reporter.post(act(claim, "invite"), {"invited": "Ada", "question": "?", "days": days})
        assert link.status_code == 200
    for key, row in (("resolve", "999"), ("resolve", "x"), ("resolve", "9" * 30), ("settle", "1"), ("nothing", "1")):
        assert reporter.post(act(claim, key), {"row": row, "outcome": "received"}).status_code in (302, 404)
    assert (Comment.objects.count(), Dependency.objects.count(), ExpertLink.objects.count()) == (0, 0, 0)


def test_a_wait_is_put_off_from_the_page(claim, people) -> None:
    reporter = signed_in(people.reporter)
    wait = dependencies.begin(claim=claim, kind="document", note="The accounts", by=people.reporter, at=timezone.now())
    reporter.post(act(claim, "move"), {"row": wait.pk, "until": "2099-01-01"})
    assert "until 1 Jan 2099" in text_of(reporter.get(page_of(claim)))
    early = reporter.post(act(claim, "move"), {"row": wait.pk, "until": "1999-01-01"}, follow=True)
    assert "This day is before the waiting began." in text_of(early)
    assert "until 1 Jan 2099" in text_of(early)


def test_a_link_is_shown_once_listed_and_revoked(claim, people) -> None:
    reporter = signed_in(people.reporter)
    made = reporter.post(act(claim, "invite"), {"invited": "Ada Lind", "question": "How wide?", "days": "7"})
    address = html.fromstring(made.content.decode()).xpath("//code[@class='desk-secret']/text()")[0]
    assert made.headers["Cache-Control"] == "private, no-store"
    assert Client().get(address.partition("/expert/")[1] + address.partition("/expert/")[2]).status_code == 200
    page = reporter.get(page_of(claim))
    assert address not in page.content.decode()
    assert "Ada Lind" in text_of(page)
    assert "last used" in text_of(page)
    reporter.post(act(claim, "revoke"), {"row": ExpertLink.objects.get().pk})
    assert "No link to this claim works now." in text_of(reporter.get(page_of(claim)))


def test_reporters_make_no_links_to_claims_of_others(claim, people) -> None:
    colleague = signed_in(people.colleague)
    assert "Make a private link" not in text_of(colleague.get(page_of(claim)))
    sent = {"invited": "Ada", "question": "?", "days": "7"}
    assert colleague.post(act(claim, "invite"), sent).status_code == 403
    assert not ExpertLink.objects.exists()


def test_a_note_becomes_evidence_on_a_page_that_says_what_readers_will_see(claim, people) -> None:
    at = timezone.now()
    link, _ = experts.invite(claim=claim, invited="A", question="?", days=7, by=people.reporter, at=at)
    words = {
        "name": "Ada <Lind>",
        "expertise": "Hydrologist",
        "text": "It is <i>40</i> metres wide.",
        "interests": "none",
    }
    note = experts.leave_note(link=link, at=at, may_be_named=True, **words)
    editor = signed_in(people.editor)
    shown = editor.get(page_of(claim)).content.decode()
    assert "It is &lt;i&gt;40&lt;/i&gt; metres wide." in shown
    address = reverse("admin:articles_claim_cite", args=[claim.pk, note.pk])
    page = editor.get(address)
    assert "Ada <Lind>, Hydrologist" in text_of(page)
    version = html.fromstring(page.content.decode()).xpath("//input[@name='_version']/@value")[0]
    wrong = editor.post(address, {"_version": version, "stance": "refutes", "quote": "50 metres"})
    assert "Quote words of the note as they stand there." in text_of(wrong)
    done = editor.post(address, {"_version": version, "stance": "refutes", "quote": note.text}, follow=True)
    assert "It is a source now" in text_of(done)
    assert Evidence.objects.filter(claim=claim, source__kind="expert", quote=note.text).count() == 1
    again = editor.post(address, {"_version": version, "stance": "refutes", "quote": note.text}, follow=True)
    assert "Nothing was done." in text_of(again)


def test_who_does_not_see_the_desk_sees_nothing_of_it(claim, people) -> None:
    stranger = signed_in(User.objects.create_user("stranger", is_staff=True))
    page = reverse("admin:articles_claim_together", args=[claim.pk])
    assert stranger.get(page).status_code == 403
    assert stranger.get(page, headers={"accept": "application/json"}).json()["code"] == "not_allowed"
    assert stranger.post(act(claim, "say"), {"text": "Hello"}).status_code == 403
    assert post(stranger, claim, "say", text="Hello")["code"] == "not_allowed"
    assert Client().post(act(claim, "say"), {"text": "Hello"}).status_code == 302, "to the sign-in"
    assert not Comment.objects.exists()


# --- The panel ----------------------------------------------------------------------------------------
def test_the_panel_asks_and_acts_in_json(claim, people) -> None:
    client = signed_in(people.checker)
    refused = post(client, claim, "say", text="@editor @ghost", version=claim.version)
    assert (refused["status"], refused["errors"][0]["attr"]) == (400, "text")
    said = post(client, claim, "say", text="@editor", version=claim.version)
    assert (said["status"], said["comments"][0]["to"]) == (200, ["Editor Test"])
    row = said["comments"][0]["id"]
    assert post(client, claim, "resolve", row=row)["comments"][0]["resolved_by"] == "Checker Test"
    assert post(client, claim, "resolve", row=row)["status"] == 409
    taken = post(client, claim, "take", version=claim.version)
    assert (taken["assignee_name"], taken["version"]) == ("Checker Test", claim.version + 1)
    assert post(client, claim, "take", version=claim.version)["code"] == "stale"
    assert post(client, claim, "take", version="1")["code"] == "unreadable"
    assert (
        post(client, claim, "assign", assignee=people.reporter.pk, due_on="", version=taken["version"])["status"] == 403
    )
    waits = post(client, claim, "wait", kind="review", colleague=people.editor.pk, until="2099-01-01")["waits"]
    assert (waits[0]["exactly"], waits[0]["until"]) == ("Editor Test", "2099-01-01")
    moved = post(client, claim, "move", row=waits[0]["id"], until="2099-02-01")
    assert moved["waits"][0]["until"] == "2099-02-01"
    assert post(client, claim, "move", row=waits[0]["id"], until="")["waits"][0]["until"] == ""
    assert post(client, claim, "move", row=waits[0]["id"], until="1999-01-01")["errors"][0]["attr"] == ""
    assert post(client, claim, "settle", row=waits[0]["id"], outcome="received")["waits"] == []
    assert post(client, claim, "settle", row=waits[0]["id"], outcome="received")["code"] == "wait_settled"
    assert post(client, claim, "wait", kind="rain")["errors"][0]["attr"] == "kind"
    assert client.post(act(claim, "say"), "{", content_type="application/json").json()["code"] == "unreadable"
    assert post(client, claim, "resolve", row=10**9)["code"] == "not_found"


def test_the_panel_costs_the_same_for_many_comments(claim, people, django_assert_num_queries) -> None:
    client, at = signed_in(people.editor), timezone.now()
    page = reverse("admin:articles_claim_together", args=[claim.pk])
    for number in (1, 6):
        for _ in range(number):
            comments.write(claim=claim, text="@reporter @checker", by=people.editor, at=at)
        with django_assert_num_queries(12):
            client.get(page, headers={"accept": "application/json"})


# --- The list ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["waiting=rain", "for_me=x", "overdue=x", "waiting=late"])
def test_a_filter_that_means_nothing_is_no_error(query: str, claim, people) -> None:
    assert signed_in(people.editor).get(f"{reverse('admin:articles_claim_changelist')}?{query}").status_code == 200


def test_the_badge_in_the_menu_counts_what_is_for_you(claim, people) -> None:
    comments.write(claim=claim, text="@checker one", by=people.editor, at=timezone.now())
    comments.write(claim=claim, text="@checker two", by=people.editor, at=timezone.now())
    assert pages.badge(SimpleNamespace(user=people.checker)) == "2"
    assert pages.badge(SimpleNamespace(user=people.editor)) == ""
    assert ExpertNote.objects.count() == 0

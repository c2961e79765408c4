"""The page on which a claim is published, its previews, and several claims of one article."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.choices import ScheduleState
from articles.models import Claim, Record, Schedule
from articles.services.claims import claims
from articles.services.collaboration import comments
from articles.services.evidence import evidence
from lib.parsing.local_times import RepeatedTimeError, SkippedTimeError, resolve
from tests import newsroom
from tests.desk import pages
from tests.partners import hooks

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
BERLIN = ZoneInfo("Europe/Berlin")


def _address(name: str, claim: Claim) -> str:
    return reverse(f"admin:articles_claim_{name}", args=[claim.pk])


def _later(hours: int = 30) -> dict[str, str]:
    local = timezone.localtime(timezone.now() + timedelta(hours=hours))
    return {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


def _next(kind: type[Exception]) -> datetime:
    """The next time in Berlin that is not there, or twice."""
    local = timezone.localtime(timezone.now(), BERLIN).replace(hour=2, minute=30, second=0, microsecond=0, tzinfo=None)
    for _day in range(366):
        local += timedelta(days=1)
        try:
            resolve(local, BERLIN)
        except kind:
            return local
        except (SkippedTimeError, RepeatedTimeError):
            continue
    raise AssertionError("Berlin changes its clocks twice a year")


@pytest.fixture
def in_berlin(settings: Any) -> None:
    """The newsroom keeps Berlin's time."""
    settings.TIME_ZONE = "Europe/Berlin"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


def test_the_button_of_the_claim_page_leads_to_the_preview_and_a_second_press_publishes(
    people: SimpleNamespace,
) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    first = pages.press(editor, claim, "publish")
    assert first.redirect_chain[-1][0] == _address("publish", claim)
    assert not Record.objects.exists()
    said = pages.text_of(first)
    for words in ("First publication of this claim.", "2 sources with their names", "What stays inside", "6 languages"):
        assert words in said
    done = pages.confirm(editor, claim, "publish", slug="bridge-cost")
    assert "Published as revision 1." in pages.text_of(done)
    assert newsroom.record_of(claim).document()["claim"]["slug"] == "bridge-cost"


def test_who_may_not_publish_may_look_at_the_preview_alone(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    viewer = User.objects.create_user("viewer", password="x", is_staff=True)
    outsider = User.objects.create_user("outsider", password="x", is_staff=True)
    viewer.user_permissions.add(*Permission.objects.filter(codename="view_claim"))
    names = ("publish", "preview", "preview_frame", "preview_card")
    for person, expected in (
        (viewer, [403, 200, 200, 200]),
        (people.checker, [403, 200, 200, 200]),
        (people.editor, [200, 200, 200, 200]),
        (outsider, [403, 403, 403, 403]),
    ):
        client = pages.signed_in(person)
        assert [client.get(_address(name, claim)).status_code for name in names] == expected, person
    assert pages.signed_in(people.checker).post(_address("publish", claim), {"when": "now"}).status_code == 403


def test_nobody_else_sees_a_preview(people: SimpleNamespace, client: Any) -> None:
    claim = newsroom.in_stage("approved", people)
    for name in ("preview", "preview_frame", "preview_card", "publish"):
        answer = client.get(_address(name, claim))
        assert (answer.status_code, answer["Location"].startswith("/admin/login/")) == (302, True)
    assert client.get(f"/claims/{claim.slug}/").status_code == 404


def test_the_frame_is_the_readers_page_and_no_cache_or_search_engine_keeps_it(people: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    frame = editor.get(_address("preview_frame", claim), headers={"Sec-Fetch-Dest": "iframe"})
    assert frame["X-Robots-Tag"] == "noindex, nofollow"
    assert frame["Cache-Control"] == "private, no-store"
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert "script-src 'none'" in frame["Content-Security-Policy"]
    newsroom.take(claim, "publish", people.editor)
    public = pages.text_of(editor.get(f"/claims/{claim.slug}/"))
    shown = pages.text_of(frame)
    for words in (claim.text, "The minutes show it.", "The city's minutes give the same figure.", newsroom.QUOTE):
        assert words in shown
        assert words in public
    assert "Preview:" not in shown
    alone = editor.get(_address("preview_frame", claim), headers={"Sec-Fetch-Dest": "document"})
    assert "Preview: readers do not see this text yet." in pages.text_of(alone)


def test_the_frame_comes_in_each_language_light_and_dark(people: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    turkish = editor.get(_address("preview_frame", claim), {"lang": "tr", "look": "dark"}).content.decode()
    assert '<html lang="tr"' in turkish
    assert f'href="/tr/claims/{claim.slug}/"' in turkish
    assert 'media="all"' in turkish
    odd = editor.get(_address("preview_frame", claim), {"lang": "xx", "look": "<b>"}).content.decode()
    assert '<html lang="en"' in odd
    assert "(prefers-color-scheme: dark)" in odd
    assert 'media="not all"' in editor.get(_address("preview_frame", claim), {"look": "light"}).content.decode()


def test_the_share_card_is_a_picture(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    card = pages.signed_in(people.reporter).get(_address("preview_card", claim))
    assert (card["Content-Type"], card.content[:4]) == ("image/png", b"\x89PNG")
    assert (card["X-Robots-Tag"], card["Cache-Control"]) == ("noindex, nofollow", "private, no-store")


@pytest.mark.parametrize("stage", ["draft", "checking", "review", "published", "retracted", "dropped"])
def test_every_stage_has_a_preview_and_only_approved_claims_a_publish_page(stage: str, people: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage(stage, people), pages.signed_in(people.editor)
    for name in ("preview", "preview_frame", "preview_card"):
        assert editor.get(_address(name, claim)).status_code == 200
    led_back = editor.get(_address("publish", claim), follow=True)
    assert led_back.redirect_chain[-1][0] == pages.page_of(claim)
    assert "“Publish” is not possible now" in pages.text_of(led_back)


def test_a_draft_without_a_verdict_says_that_a_placeholder_is_shown(people: SimpleNamespace) -> None:
    page = pages.signed_in(people.reporter).get(_address("preview", newsroom.draft(people.reporter)))
    assert "Nobody has proposed a verdict yet" in pages.text_of(page)


def test_confidential_sources_and_comments_are_said_to_stay_inside(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    hidden = newsroom.source(
        people.reporter, title="Ms. Secret", is_confidential=True, public_description="An official"
    )
    given = {"source": hidden, "stance": "context", "locator": "by telephone", "by": people.reporter}
    claim = evidence.add(claim=claim, at=newsroom.AT, version=claim.version, **given).claim
    comments.write(claim=claim, text="Careful.", by=people.reporter, at=newsroom.AT)
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    hooks.endpoint()
    editor = pages.signed_in(people.editor)
    said = pages.text_of(editor.get(_address("publish", claim)))
    for words in (
        "1 confidential source, by its description",
        "An official",
        "Name of 1 confidential source",
        "Ms. Secret",
    ):
        assert words in said
    assert "1 comment" in said
    assert "1 webhook endpoint (partners: 1)" in said
    assert b"Ms. Secret" not in editor.get(_address("preview_frame", claim)).content


def test_a_time_is_set_changed_and_cancelled(people: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    done = pages.confirm(editor, claim, "publish", when="schedule", **_later())
    assert "Scheduled for" in pages.text_of(done)
    row = Schedule.objects.get()
    assert (row.state, row.is_embargo, row.created_by) == (ScheduleState.WAITING, False, people.editor)
    assert "Set by Editor Test." in pages.text_of(editor.get(pages.page_of(claim)))
    form = pages.form_of(editor.get(_address("publish", claim)))
    assert (form["when"], form["day"], form["time"]) == ("schedule", *_later().values())
    pages.confirm(editor, claim, "publish", when="embargo", **_later(50))
    row.refresh_from_db()
    assert (row.is_embargo, row.version) == (True, 2)
    assert "Under embargo until" in pages.text_of(editor.get(pages.page_of(claim)))
    sent = {**pages.form_of(editor.get(_address("publish", claim))), "_act": "cancel"}
    done = editor.post(_address("publish", claim), sent, follow=True)
    assert "The schedule is cancelled." in pages.text_of(done)
    assert Schedule.objects.get().state == ScheduleState.CANCELLED
    again = editor.post(_address("publish", claim), sent, follow=True)
    assert "If you clicked twice" in pages.text_of(again)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day": "", "time": ""}, "Choose the day. Choose the time."),
        ({"day": "2026-13-45", "time": "09:00"}, "Write the day as"),
        ({"day": "soon", "time": "25:00"}, "Write the time as"),
        ({"day": "0001-01-01", "time": "00:00"}, "has passed"),
        ({"day": "9999-12-31", "time": "23:59"}, "more than a year"),
        (_later(-2), "This time has passed. Choose a later one, or publish now."),
    ],
)
def test_a_bad_time_is_refused_beside_its_field_and_nothing_typed_is_lost(
    given: dict[str, str], words: str, people: SimpleNamespace
) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    refused = pages.confirm(editor, claim, "publish", when="schedule", slug="bridge-cost", **given)
    assert refused.status_code == 200
    assert words in pages.errors(refused)
    form = pages.form_of(refused)
    assert (form["when"], form["slug"], form["day"]) == ("schedule", "bridge-cost", given["day"])
    assert not Schedule.objects.exists()
    assert Claim.objects.get().slug == claim.slug


@pytest.mark.usefixtures("in_berlin")
def test_a_time_that_the_clocks_skip_is_refused_with_another_one(people: SimpleNamespace) -> None:
    claim, local = newsroom.in_stage("approved", people), _next(SkippedTimeError)
    given = {"when": "schedule", "day": f"{local:%Y-%m-%d}", "time": "02:30"}
    refused = pages.confirm(pages.signed_in(people.editor), claim, "publish", **given)
    assert "there is no 02:30: the clocks go forward over it. Choose 03:30 or another time." in pages.errors(refused)


@pytest.mark.usefixtures("in_berlin")
def test_a_time_that_comes_twice_is_asked_about(people: SimpleNamespace) -> None:
    claim, local = newsroom.in_stage("approved", people), _next(RepeatedTimeError)
    given = {"when": "schedule", "day": f"{local:%Y-%m-%d}", "time": "02:30"}
    editor = pages.signed_in(people.editor)
    asked = pages.confirm(editor, claim, "publish", **given)
    assert "02:30 comes twice. Choose which one is meant." in pages.errors(asked)
    assert "02:30, UTC+02:00" in pages.text_of(asked)
    data = {**pages.form_of(asked), "which": "second"}
    editor.post(_address("publish", claim), data)
    assert f"{Schedule.objects.get().publish_at:%H:%M}" == "01:30"


@pytest.mark.parametrize(("slug", "words"), [("Not Good", "For example: not-good"), ("", "Write the last part")])
def test_a_bad_address_is_refused_beside_its_field(slug: str, words: str, people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    refused = pages.confirm(pages.signed_in(people.editor), claim, "publish", slug=slug)
    assert words in pages.errors(refused)
    assert not Record.objects.exists()


def test_a_stale_approval_is_said_before_the_press_and_refused_after_it(people: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    pages.confirm(editor, claim, "publish", when="schedule", **_later())
    claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, topics=["bridges"])
    page = editor.get(_address("publish", claim))
    assert "it needs a new approval" in pages.errors(page)
    assert "The content changed after this time was set" in pages.text_of(page)
    assert "so it will not be published then" in pages.text_of(editor.get(pages.page_of(claim)))
    refused = pages.confirm(editor, claim, "publish")
    assert "it needs a new approval" in pages.errors(refused)
    assert not Record.objects.exists()


def test_a_claim_that_was_dropped_meanwhile_is_not_published(people: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage("approved", people), pages.signed_in(people.editor)
    data = pages.form_of(editor.get(_address("publish", claim)))
    claim = newsroom.take(claim, "send_back", people.checker, comment="Not now.")
    newsroom.take(claim, "drop", people.reporter, comment="Nobody says it.")
    done = editor.post(_address("publish", claim), data, follow=True)
    assert "(it is dropped now)" in pages.text_of(done)
    assert not Record.objects.exists()


def test_a_correction_is_previewed_with_its_note_before_it_is_published(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    editor = pages.signed_in(people.editor)
    page = editor.get(_address("publish", claim))
    assert "Fixed since the first publication." in pages.text_of(page)
    data = {**pages.form_of(page), "change": "correction", "severity": "minor", "note": "It was 2018, not 2019."}
    shown = editor.post(_address("preview_frame", claim), data)
    assert "It was 2018, not 2019." in pages.text_of(shown)
    assert Record.objects.count() == 1
    editor.post(_address("publish", claim), data)
    assert newsroom.record_of(claim).document()["corrections"][0]["note"] == "It was 2018, not 2019."


# --- Several claims of one article ----------------------------------------------------------------------
def _publish_article(client: Any, *chosen: Claim) -> Any:
    article = chosen[0].appearances.get().article_version.article
    address = reverse("admin:articles_article_publish", args=[article.pk])
    data = {key: value for key, value in pages.form_of(client.get(address)).items() if key != "claim"}
    return client, address, data | {"claim": [str(claim.pk) for claim in chosen]}


def test_several_claims_are_published_each_by_itself_and_refusals_are_listed(people: SimpleNamespace) -> None:
    fine, other, moved = (newsroom.in_stage("approved", people) for _ in range(3))
    client, address, data = _publish_article(pages.signed_in(people.editor), fine, other, moved)
    newsroom.take(moved, "send_back", people.checker, comment="One more source.")
    done = client.post(address, data)
    said = pages.text_of(done)
    assert "2 claims published" in said
    assert "Somebody else saved a change first" in said
    stages = {claim.pk: claim.stage for claim in Claim.objects.all()}
    assert [stages[claim.pk] for claim in (fine, other, moved)] == ["published", "published", "checking"]
    assert Record.objects.count() == 2
    assert client.post(address, data).status_code == 200
    assert Record.objects.count() == 2


def test_claims_that_cannot_be_published_are_shown_with_the_reason(people: SimpleNamespace) -> None:
    stale = newsroom.in_stage("approved", people)
    claims.edit(claim=stale, by=people.reporter, at=newsroom.AT, version=stale.version, topics=["bridges"])
    client, address, data = _publish_article(pages.signed_in(people.editor), stale)
    assert "it needs a new approval" in pages.errors(client.get(address))
    done = client.post(address, data)
    assert "0 claims published" in pages.text_of(done)
    nothing = client.post(address, {**data, "claim": []})
    assert (nothing.status_code, "Choose at least one claim." in pages.errors(nothing)) == (400, True)
    assert pages.signed_in(people.checker).get(address).status_code == 403


def test_a_claim_that_has_a_time_says_so_in_the_list(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    client, address, _data = _publish_article(pages.signed_in(people.editor), claim)
    assert "Scheduled for" not in pages.text_of(client.get(address))
    page = _address("publish", claim)
    client.post(page, {**pages.form_of(client.get(page)), "when": "schedule", **_later()})
    assert "Scheduled for" in pages.text_of(client.get(address))


def test_the_articles_page_leads_there_while_a_claim_is_approved(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    article = claim.appearances.get().article_version.article
    address = reverse("admin:articles_article_publish", args=[article.pk])
    for person, is_there in ((people.editor, True), (people.checker, False)):
        page = pages.signed_in(person).get(pages.page_of(article))
        assert (address.encode() in page.content) is is_there

"""Which events an endpoint gets: by topic and language, and those of its partner's own submissions."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Submission
from articles.services import submissions
from articles.services.claims import claims, duplicates
from partners.models import Delivery, Endpoint, Event
from partners.services import replays
from tests import newsroom
from tests.api.submissions.test_submissions import Caller
from tests.api.webhooks.test_webhooks import URL, Partner

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture
def partner(db: None) -> Partner:
    return Partner(scopes=("webhooks", "submit"))


def types(endpoint: int) -> list[str]:
    rows = Delivery.objects.filter(endpoint=endpoint).order_by("id").select_related("event")
    return [str(json.loads(bytes(row.event.body))["type"]) for row in rows]


def test_an_endpoint_gets_the_events_of_its_topics_and_languages(partner: Partner, people: SimpleNamespace) -> None:
    def add(number: int, **wanted: Any) -> int:
        answer = partner.add(url=f"https://post.example/{number}", event_types=[], **wanted)
        assert answer.status_code == 201, answer.content
        assert {name: answer.json()[name] for name in wanted} == wanted
        return int(answer.json()["id"])

    everything, transport = add(1), add(2, topics=["transport"])
    english, russian = add(3, languages=["EN-gb"]), add(4, languages=["ru", "tr"])
    both = add(5, topics=["Ferries", "Transport"], languages=["ru"])
    about = newsroom.published(people, text="The bridge", language="en-US", topics=["Transport"])
    newsroom.published(people, text="Паром", language="ru", quote="The old ferry", topics=["Transport"])
    newsroom.published(people, text="No topic", quote="carries 4,000 vehicles")
    newsroom.take(about, "retract", people.editor, comment="Withdrawn.")
    counts = {one: len(types(one)) for one in (everything, transport, english, russian, both)}
    assert counts == {everything: 4, transport: 3, english: 3, russian: 1, both: 1}
    assert types(transport)[-1] == "claim.retracted", "its record names no topics, the one before does"
    Delivery.objects.all().delete()
    endpoint = Endpoint.objects.get(pk=transport)
    assert replays.replay(endpoint=endpoint, first=1, last=4, at=timezone.now()) == 3
    Event.objects.update(topics=None, languages=None)  # as those from before there were topics
    assert replays.count_in_range(endpoint=endpoint, first=1, last=4) == 4


def test_topics_and_languages_are_changed_and_taken_off(partner: Partner) -> None:
    made = partner.add(topics=["Transport"]).json()
    path = f"{URL}{made['id']}/"
    changed = partner.patch(path, {"topics": ["Travel", "Money"], "languages": ["tr"]}).json()
    assert (changed["topics"], changed["languages"]) == (["Money", "Travel"], ["tr"])
    assert partner.patch(path, {"topics": [], "languages": []}).json()["topics"] == []
    Endpoint.objects.update(topics=None, languages=None)  # as the old version writes them
    assert partner.get(path).json()["languages"] == []
    assert partner.patch(path, {"topics": ["Travel"]}).json()["topics"] == ["Travel"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"topics": "Transport"}, {"topics": [""]}, {"topics": ["x" * 61]}, {"topics": [1]}, {"topics": ["a"] * 51},
        {"topics": ["a\u0000"]}, {"topics": None}, {"languages": ["english language"]}, {"languages": ["e"]},
        {"languages": [None]}, {"languages": ["en'; --"]}, {"languages": {"en": 1}}, {"languages": ["x" * 17]},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_choice_is_refused(wrong: Any, partner: Partner) -> None:
    assert partner.add(**wrong).status_code == 400
    assert not Endpoint.objects.exists()


def sent_in(partner: Partner, text: str = "The new bridge cost 12 million crowns") -> Submission:
    body = {"claim": text, "language": "en", "appearance": {"url": "https://herald.example/bridge"}, "reference": "7"}
    answer = Caller.post(partner, body)
    assert answer.status_code == 201, answer.content
    return Submission.objects.get(pk=json.loads(answer.content)["id"])


def accepted(submission: Submission, people: SimpleNamespace) -> Any:
    """The claim that a submission becomes."""
    words = {"text": submission.text, "language": "en"}
    return submissions.accept(submission=submission, by=people.editor, at=newsroom.AT, **words)


def states(endpoint: int) -> list[str]:
    """The states that an endpoint was told."""
    bodies = Event.objects.filter(deliveries__endpoint=endpoint, type="submission").order_by("id")
    return [str(json.loads(bytes(event.body))["data"]["state"]) for event in bodies]


def test_a_partner_is_told_of_the_fate_of_its_submission(
    partner: Partner, people: SimpleNamespace, settings: Any
) -> None:
    mine = partner.add(event_types=["submission.changed"]).json()["id"]
    other = Partner("Evening Post").add(event_types=[]).json()["id"]
    submission = sent_in(partner)
    claim = accepted(submission, people)
    claim = newsroom.take(claim, "drop", people.editor, comment="Nobody shares it.")
    claim = newsroom.take(claim, "reopen", people.editor)
    assert states(mine) == ["accepted", "dropped", "accepted"]
    claim = finished(claim, people)
    newsroom.take(claim, "retract", people.editor, comment="Withdrawn.")
    assert states(mine) == ["accepted", "dropped", "accepted", "published", "retracted"]
    assert states(other) == []
    last = Event.objects.filter(type="submission").latest("id")
    message = json.loads(bytes(last.body))
    assert message["type"] == "submission.changed"
    assert message["data"] == {
        "submission": str(submission.pk),
        "reference": "7",
        "state": "retracted",
        "url": f"{settings.SITE_URL}/api/v1/submissions/{submission.pk}/",
    }
    [delivery] = Delivery.objects.filter(event=last)
    assert delivery.message_id() == f"msg_submission_{last.pk}_{mine}"
    listed = partner.get(f"{URL}{mine}/deliveries/").json()["results"][0]
    assert (listed["type"], listed["seq"], listed["claim"]) == ("submission.changed", None, None)
    assert replays.deliver_again(deliveries=[delivery.pk], at=timezone.now()) <= 1


def finished(claim: Any, people: SimpleNamespace) -> Any:
    """The accepted claim, checked and published."""
    by = people.reporter
    claim = claims.edit(
        claim=claim, by=by, at=newsroom.AT, version=claim.version, is_unattributed=True, single_source_reason="One."
    )
    version = newsroom.article(by).current_version()
    claim = claims.mark(
        claim=claim, article_version=version, exact=newsroom.QUOTE, by=by, at=newsroom.AT, version=claim.version
    ).claim
    claim = newsroom.propose(claim, by, rating="unverified")
    for step, who in (("start", by), ("submit", by), ("approve", people.second_checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, who)
    return claim


def test_a_declined_and_a_doubled_submission_are_told(partner: Partner, people: SimpleNamespace) -> None:
    mine = partner.add(event_types=[]).json()["id"]
    submissions.decline(submission=sent_in(partner, "One"), by=people.editor, at=newsroom.AT, note="No news.")
    claim = accepted(sent_in(partner, "Two"), people)
    public = newsroom.published(people)
    duplicates.mark_duplicate(
        claim=claim, of=public, by=people.editor, at=newsroom.AT, version=claim.version, of_version=public.version
    )
    assert states(mine) == ["declined", "accepted", "duplicate"]
    newsroom.take(public, "retract", people.editor, comment="Withdrawn.")
    assert states(mine)[3:] == ["duplicate"], "what became of the claim that answers it is worth a look"


def test_an_update_and_a_readers_suggestion_tell_nobody(partner: Partner, people: SimpleNamespace) -> None:
    partner.add(event_types=["submission.changed"])
    suggestion = submissions.receive_from_reader(form="1", text="A claim", at=newsroom.AT)
    accepted(suggestion, people)
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    claim = newsroom.propose(claim, people.reporter)
    for step, who in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, who)
    assert not Event.objects.filter(type="submission").exists()

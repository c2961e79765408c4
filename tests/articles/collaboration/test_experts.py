"""Links for experts and their notes: who may make one, how long it lives, what becomes of what comes back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.credentials import digest_of
from articles import rules
from articles.choices import SourceKind
from articles.models import Change, Evidence, ExpertLink, ExpertNote, Source
from articles.selectors.claims import progress
from articles.selectors.collaboration import activity, expert_view, inbox
from articles.selectors.log import approved_content
from articles.services import audit
from articles.services.claims import claims
from articles.services.collaboration import experts
from articles.services.errors import WrongStageError
from articles.services.evidence import evidence
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
NOTE = {
    "name": "Ada Lind",
    "expertise": "Professor of hydrology, Lindholm",
    "text": "The river is 40 metres wide there.\nA bridge of that kind costs less.",
    "interests": "none",
    "may_be_named": True,
}


def invite(claim, by, *, days=14, at=AT):
    return experts.invite(claim=claim, invited="Ada Lind", question="How wide is the river?", days=days, by=by, at=at)


def note(claim, by, **fields) -> ExpertNote:
    return experts.leave_note(link=invite(claim, by)[0], at=AT, **{**NOTE, **fields})


# --- The link -----------------------------------------------------------------------------------------
def test_an_expert_link_opens_one_claim_until_it_expires(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    link, secret = invite(claim, people.reporter, days=1)
    assert len(secret) >= 43, "256 bits in base64"
    assert experts.live_link(secret=secret, at=AT + DAY - SECOND).claim == claim
    assert experts.live_link(secret=secret, at=AT + DAY) is None
    with pytest.raises(experts.LinkClosedError):
        experts.leave_note(link=link, at=AT + DAY, **NOTE)


def test_the_secret_of_an_expert_link_is_not_stored(people: SimpleNamespace) -> None:
    link, secret = invite(newsroom.draft(people.reporter), people.reporter)
    stored = ExpertLink.objects.filter(pk=link.pk).values().get()
    history = list(Change.objects.filter(table="articles_expertlink").values("after"))
    assert bytes(stored["digest"]) == digest_of(secret)
    assert secret not in repr((stored, history))


def test_a_revoked_expert_link_opens_nothing_and_keeps_its_notes(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    link, secret = invite(claim, people.reporter)
    experts.leave_note(link=link, at=AT, **NOTE)
    experts.revoke(link=link, by=people.reporter, at=AT)
    assert experts.revoke(link=link, by=people.editor, at=AT + DAY).revoked_by == people.reporter, "once is enough"
    assert experts.live_link(secret=secret, at=AT) is None
    with pytest.raises(experts.LinkClosedError):
        experts.leave_note(link=link, at=AT, **{**NOTE, "text": "More"})
    assert (len(activity.links(claim, at=AT)), len(activity.notes(claim))) == (0, 1)


def test_an_expert_link_to_a_dropped_claim_opens_nothing(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    secret = invite(claim, people.reporter)[1]
    newsroom.take(claim, "drop", people.reporter, comment="Not worth it")
    assert experts.live_link(secret=secret, at=AT) is None


def test_last_use_of_an_expert_link_is_stored_to_the_minute_without_history(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    link, secret = invite(claim, people.reporter)
    for moment in (AT, AT + 30 * SECOND, AT + 60 * SECOND):
        experts.live_link(secret=secret, at=moment)
    link.refresh_from_db()
    assert link.last_used_at == AT + 60 * SECOND
    assert Change.objects.filter(table="articles_expertlink", kind="update").count() == 2


@pytest.mark.parametrize("days", [0, 31, -1, 10_000])
def test_an_expert_link_of_less_than_1_or_more_than_30_days_is_refused(days: int, people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="between 1 and 30 days"):
        invite(newsroom.draft(people.reporter), people.reporter, days=days)


def test_the_database_refuses_an_expert_link_of_more_than_30_days(people: SimpleNamespace) -> None:
    link, _ = invite(newsroom.draft(people.reporter), people.reporter, days=30)
    with pytest.raises(DatabaseError, match="lives_at_most_thirty_days"), transaction.atomic():
        ExpertLink.objects.filter(pk=link.pk).update(expires_at=link.expires_at + SECOND)


def test_only_permitted_roles_can_make_an_expert_link(people: SimpleNamespace) -> None:
    mine = newsroom.draft(people.reporter)
    given = newsroom.draft(people.checker, assignee=people.checker)
    claims.edit(claim=given, by=people.editor, at=AT, version=1, assignee=people.colleague)
    given.refresh_from_db()
    dropped = newsroom.in_stage("dropped", people)
    everybody = (people.reporter, people.colleague, people.checker, people.editor)
    may = {
        name: [rules.may_invite_experts(user, claim) for user in everybody]
        for name, claim in (("mine", mine), ("given", given), ("dropped", dropped))
    }
    assert may == {
        "mine": [True, False, True, True],
        "given": [False, True, True, True],
        "dropped": [False, False, False, False],
    }
    with pytest.raises(NotAllowedError):
        invite(mine, people.colleague)
    link, _ = invite(mine, people.reporter)
    with pytest.raises(NotAllowedError):
        experts.revoke(link=link, by=people.colleague, at=AT)


# --- What is shown ------------------------------------------------------------------------------------
def test_the_expert_page_shows_only_the_listed_fields(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter, why_chosen="Somebody called us")
    secretive = newsroom.source(
        people.reporter, title="A person in the town hall", is_confidential=True, public_description="An employee"
    )
    claim = evidence.add(
        claim=claim, source=secretive, stance="refutes", quote="It cost more", by=people.reporter, at=AT,
        version=claim.version,
    ).claim  # fmt: skip
    shown = expert_view.claim(invite(claim, people.reporter)[0])
    said = repr(shown)
    assert (len(shown.evidence), len(shown.passages)) == (2, 1)
    assert shown.passages[0].before.endswith("said on Monday that ")
    for hidden in ("town hall", "employee", "cost more", "called us", "The minutes show it", "Ada"):
        assert hidden not in said


# --- Notes --------------------------------------------------------------------------------------------
def test_an_experts_note_is_listed_for_the_people_of_its_claim(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, assignee=people.reporter)
    came = note(claim, people.checker)
    assert list(activity.with_notes_for(people.reporter)) == [claim], "the assignee"
    assert list(activity.with_notes_for(people.checker)) == [claim], "who made the link"
    assert list(activity.with_notes_for(people.colleague)) == []
    assert inbox.notes(people.reporter) == [came]
    experts.settle_note(note=came, by=people.reporter, at=AT)
    assert list(activity.with_notes_for(people.reporter)) == []
    with pytest.raises(experts.NoteSettledError, match="Reporter Test has decided"):
        experts.settle_note(note=came, by=people.checker, at=AT)


def test_an_experts_note_does_not_change_the_claim(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    before = (claim.version, approved_content.sha256(claim))
    note(claim, people.checker)
    claim.refresh_from_db()
    assert (claim.version, approved_content.sha256(claim)) == before
    assert progress.facts(claim, asker=people.checker).approval_fresh
    newsroom.take(claim, "publish", people.editor)
    assert b"40 metres" not in bytes(newsroom.record_of(claim).body)


def test_citing_an_experts_note_makes_source_and_evidence_together(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    first, second = note(claim, people.reporter), None
    second = experts.leave_note(link=first.link, at=AT, **{**NOTE, "text": "And it is 3 metres deep."})
    quote = "The river is 40 metres wide there."
    made = experts.cite(note=first, stance="refutes", quote=quote, by=people.editor, at=AT, version=claim.version)
    source = made.source
    assert (source.kind, source.title) == (SourceKind.EXPERT, "Ada Lind, Professor of hydrology, Lindholm")
    assert (source.interest_note, source.is_primary) == ("none", True)
    assert (made.quote, made.locator) == (quote, "Note to the newsroom, 2 March 2026")
    assert progress.contribution_phrase(made.claim, people.editor) == "edited what is being approved"
    act = Change.objects.filter(table="articles_evidence").latest("id").act
    assert Change.objects.filter(act=act, table__in=["articles_source", "articles_expertnote"]).count() == 2
    again = experts.cite(
        note=second, stance="context", quote="3 metres deep", by=people.editor, at=AT, version=made.claim.version
    )
    assert again.source == source, "one expert is one source"


@pytest.mark.parametrize(
    ("fields", "values", "error"),
    [
        ({"may_be_named": False}, {}, experts.NoConsentError),
        ({}, {"quote": "The river is 50 metres wide"}, ValidationError),
        ({}, {"quote": " "}, ValidationError),
        ({}, {"stance": "maybe"}, ValidationError),
        ({}, {"version": 1}, StaleError),
    ],
)
def test_an_experts_note_that_cannot_be_cited_leaves_nothing_behind(
    fields, values, error, people: SimpleNamespace
) -> None:
    claim = newsroom.complete(people.reporter)
    came = note(claim, people.reporter, **fields)
    before = (Source.objects.count(), Evidence.objects.count())
    wanted = {"stance": "refutes", "quote": NOTE["text"], "version": claim.version, **values}
    with pytest.raises(error):
        experts.cite(note=came, by=people.editor, at=AT, **wanted)
    assert (Source.objects.count(), Evidence.objects.count()) == before
    came.refresh_from_db()
    assert came.settled_at is None


def test_an_experts_note_cannot_be_cited_on_a_published_claim(people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    came = note(claim, people.checker)
    with pytest.raises(WrongStageError):
        experts.cite(note=came, stance="context", quote="40 metres", by=people.editor, at=AT, version=claim.version)
    assert not Source.objects.filter(kind=SourceKind.EXPERT).exists()


def test_an_experts_note_cannot_be_edited(people: SimpleNamespace) -> None:
    came = note(newsroom.draft(people.reporter), people.reporter)
    for column, value in (("text", "Other words"), ("may_be_named", False), ("name", "Somebody else")):
        with pytest.raises(DatabaseError, match="A note from outside never changes"), transaction.atomic():
            ExpertNote.objects.filter(pk=came.pk).update(**{column: value})
    silent = note(newsroom.draft(people.reporter), people.reporter, may_be_named=False)
    source = newsroom.source(people.reporter)
    with pytest.raises(DatabaseError, match="becomes_a_source_with_consent"), transaction.atomic():
        ExpertNote.objects.filter(pk=silent.pk).update(source=source, settled_at=AT, settled_by=people.editor)


def test_a_repeated_expert_note_is_stored_once_and_a_link_has_a_limit_of_notes(people: SimpleNamespace) -> None:
    link, _ = invite(newsroom.draft(people.reporter), people.reporter)
    for number in range(experts.MOST_NOTES):
        experts.leave_note(link=link, at=AT, **{**NOTE, "text": f"Note {number}"})
    experts.leave_note(link=link, at=AT, **{**NOTE, "text": "Note 3"})
    with pytest.raises(experts.LinkClosedError, match="takes no more notes"):
        experts.leave_note(link=link, at=AT, **NOTE)
    assert link.notes.count() == experts.MOST_NOTES


def test_the_history_of_an_experts_note_names_the_surface_and_no_user(people: SimpleNamespace) -> None:
    link, _ = invite(newsroom.draft(people.reporter), people.reporter)
    with audit.surface("expert"):
        experts.leave_note(link=link, at=AT, **NOTE)
    change = Change.objects.filter(table="articles_expertnote").get()
    assert (change.actor, change.surface, change.claim_id) == (None, "expert", link.claim_id)

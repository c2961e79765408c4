"""What claims have in common: editing a source, a claimant or an article is editing every open claim that names it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from articles.models import Claim
from articles.selectors.claims import timeline
from articles.services import errors
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.library import claimants, sources
from lib import refusals
from tests import newsroom

pytestmark = pytest.mark.django_db

Edit = Callable[[Claim, User], Any]


def edit_source(claim: Claim, by: User) -> None:
    source = claim.evidence.first().source
    sources.edit_source(source=source, by=by, version=source.version, title="Another title")


def edit_claimant(claim: Claim, by: User) -> None:
    assert claim.claimant
    claimants.edit_claimant(claimant=claim.claimant, by=by, version=claim.claimant.version, role="Former mayor")


def edit_article(claim: Claim, by: User) -> None:
    article = claim.appearances.get().article_version.article
    intake.edit_article(article=article, by=by, version=article.version, title="Another headline")


EDITS = [edit_source, edit_claimant, edit_article]


def name(edit: Edit) -> str:
    return edit.__name__


@pytest.fixture
def mayor(people: SimpleNamespace) -> Any:
    return claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="The mayor", kind="person")


@pytest.mark.parametrize("edit", EDITS, ids=name)
@pytest.mark.parametrize("stage", ["review", "approved"])
def test_editing_a_source_claimant_or_article_raises_the_version_of_open_claims(
    stage: str, edit: Edit, people: SimpleNamespace, mayor: Any
) -> None:
    claim = newsroom.in_stage(stage, people, claimant=mayor)
    edit(claim, people.colleague)
    with pytest.raises(refusals.StaleError):
        newsroom.take(claim, *(("approve", people.checker) if stage == "review" else ("publish", people.editor)))
    assert Claim.objects.get(pk=claim.pk).version == claim.version + 1


@pytest.mark.parametrize("edit", EDITS, ids=name)
def test_the_editor_of_a_source_claimant_or_article_cannot_approve_the_claim(
    edit: Edit, people: SimpleNamespace, mayor: Any
) -> None:
    claim = newsroom.in_stage("review", people, claimant=mayor)
    edit(claim, people.checker)
    claim.refresh_from_db()
    with pytest.raises(errors.GuardsUnmetError, match="edited what is being approved"):
        newsroom.take(claim, "approve", people.checker)
    assert newsroom.take(claim, "approve", people.second_checker).stage == "approved"


@pytest.mark.parametrize("edit", EDITS, ids=name)
def test_a_claims_history_names_the_change_of_its_source_claimant_or_article(
    edit: Edit, people: SimpleNamespace, mayor: Any
) -> None:
    claim = newsroom.in_stage("review", people, claimant=mayor)
    edit(claim, people.colleague)
    [entry] = timeline.since(claim, version=claim.version)
    assert entry.who == people.colleague.display_name()
    assert entry.happenings[0].title in ("Source changed", "Claimant changed", "Article changed")
    assert timeline.of_claim(claim)[0].happenings


@pytest.mark.parametrize("edit", EDITS, ids=name)
def test_editing_a_source_claimant_or_article_leaves_published_claims_unchanged(
    edit: Edit, people: SimpleNamespace, mayor: Any
) -> None:
    claim = newsroom.published(people, claimant=mayor)
    edit(claim, people.colleague)
    assert Claim.objects.get(pk=claim.pk).version == claim.version


def test_saving_a_source_without_a_change_keeps_approvals(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    source = claim.evidence.first().source
    sources.edit_source(source=source, by=people.colleague, version=source.version, title=source.title)
    assert newsroom.take(claim, "publish", people.editor).stage == "published"


def test_a_record_names_a_related_claim_in_its_published_wording(people: SimpleNamespace) -> None:
    other = newsroom.published(people)
    public_text = other.text
    claim = newsroom.complete(people.reporter)
    claim = claims.relate(
        claim=claim, kind="repeats", other=other, by=people.reporter, at=newsroom.AT, version=claim.version
    ).claim
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    other = newsroom.take(other, "recheck", people.editor)
    claims.edit(claim=other, by=people.editor, at=newsroom.AT, version=other.version, text="Words nobody approved")
    newsroom.take(claim, "publish", people.editor)
    [relation] = newsroom.record_of(claim).document()["relations"]
    assert relation["claim"]["text"] == public_text

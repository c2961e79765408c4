"""Citations, tables and charts of an explanation, from the desk's words to the record."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.models import Claim, Rating, Record
from articles.selectors.claims import progress
from articles.selectors.log import evidence_numbers, record_content
from articles.selectors.verification import statements
from articles.services import translations
from articles.services.errors import GuardsUnmetError
from articles.services.evidence import evidence
from articles.services.verification import verdicts
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def rows_of(claim: Claim) -> list[int]:
    return evidence_numbers.rows(claim)


def cite(row: int) -> str:
    return f'<a class="cite" data-evidence="{row}"></a>'


def explain(claim: Claim, html: str, people: SimpleNamespace) -> Claim:
    """The claim with this explanation."""
    return verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="true"),
        summary="The minutes show it.",
        explanation_html=html,
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    ).claim


def moved_up(claim: Claim, row: int, people: SimpleNamespace) -> Claim:
    """The claim with this piece of evidence at the top."""
    first = claim.evidence.get(pk=rows_of(claim)[0])
    given: dict[str, Any] = {"by": people.reporter, "at": newsroom.AT}
    claim = evidence.edit(evidence=first, position=5, version=claim.version, **given).claim
    return evidence.edit(evidence=claim.evidence.get(pk=row), position=1, version=claim.version, **given).claim


def published_words(claim: Claim) -> str:
    verdict = record_content.content(claim)["verdict"]
    return str(verdict["explanation_html"])


def test_a_citation_follows_its_evidence_into_another_order(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    second = rows_of(claim)[1]
    claim = explain(claim, f"<p>So it is {cite(second)}.</p>", people)
    link = '<a href="#evidence-%d" class="cite" rel="nofollow noopener">[%d]</a>'
    assert published_words(claim) == f"<p>So it is {link % (2, 2)}.</p>"
    claim = moved_up(claim, second, people)
    assert published_words(claim) == f"<p>So it is {link % (1, 1)}.</p>"
    assert cite(second)[:-4] in claim.verdicts.latest("pk").explanation_html.replace(' rel="nofollow noopener"', "")


def test_a_record_holds_plain_links_and_no_number_of_the_desk(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    claim = explain(claim, f"<p>So it is {cite(rows_of(claim)[0])}.</p>", people)
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    html = Record.objects.get(claim_id=claim.pk).document()["verdict"]["explanation_html"]
    assert "data-evidence" not in html
    assert 'href="#evidence-1"' in html


def test_a_link_to_a_place_in_the_list_is_stored_as_a_citation(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    claim = explain(claim, '<p>So <a href="#evidence-2">[2]</a> and <a href="#evidence-7">[7]</a>.</p>', people)
    stored = claim.verdicts.latest("pk").explanation_html
    assert f'data-evidence="{rows_of(claim)[1]}"' in stored
    assert "and [7]." in stored


def test_another_claims_evidence_cannot_be_cited(people: SimpleNamespace) -> None:
    claim, other = (newsroom.in_stage("checking", people) for _ in range(2))
    with pytest.raises(ValidationError) as refused:
        explain(claim, f"<p>{cite(rows_of(other)[0])}</p>", people)
    assert "not listed for this claim" in str(refused.value.message_dict["explanation_html"])


def test_evidence_that_was_taken_off_keeps_the_claim_from_review(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    first = rows_of(claim)[0]
    claim = explain(claim, f"<p>So it is {cite(first)}.</p>", people)
    row = claim.evidence.get(pk=first)
    evidence.remove(evidence=row, by=people.reporter, at=newsroom.AT, version=claim.version)
    claim = Claim.objects.get(pk=claim.pk)
    assert published_words(claim) == "<p>So it is [?].</p>"
    assert "cited" in [unmet.key for unmet in progress.checklist(claim)]
    claim = explain(claim, f"<p>So it is, still {cite(first)}.</p>", people)  # it can go on being written
    with pytest.raises(GuardsUnmetError, match=r"shown as \[\?\]"):
        newsroom.take(claim, "submit", people.reporter)


def test_a_translation_cites_its_own_evidence(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    claim = explain(claim, f"<p>The minutes show it in words {cite(rows_of(claim)[1])}.</p>", people)
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    told = translations.begin(
        original=claim, language="tr", text="Köprü", summary="Evet.", by=people.reporter, at=newsroom.AT
    )
    assert f'data-evidence="{rows_of(told)[1]}"' in told.verdicts.get().explanation_html
    assert published_words(told) == published_words(claim)
    assert "the explanation" in progress.facts(told).untranslated


def test_the_number_of_a_citation_is_no_figure_and_a_tick_outlives_another_order(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    second = rows_of(claim)[1]
    claim = explain(claim, f"<p>It cost 17 million crowns {cite(second)}.</p>", people)

    def item() -> Any:
        found = [one for one in statements.of_claim(claim) if one.part == "explanation"]
        assert [one.words for one in found] == ["17 million crowns"]
        return found[0]

    before = item().key
    claim = moved_up(claim, second, people)
    assert item().key == before


def test_figures_in_a_table_are_compared_one_by_one(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    claim = explain(claim, "<table><tr><td>12</td><td>34</td></tr></table>", people)
    found = [one.words for one in statements.of_claim(claim) if one.part == "explanation"]
    assert found == ["12", "34"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<table>{('<tr>' + '<td>1</td>' * 10 + '</tr>') * 50}</table>", "500 cells"),
        (
            f'<figure><img src="/pictures/{"a" * 64}/640.jpg" alt="A bridge"><figcaption>NN</figcaption></figure>',
            "not kept",
        ),
        (
            '<figure data-chart="bar"><table><caption>Cost</caption><tr><th>2024<td>1e309</table>'
            "<figcaption>City</figcaption></figure>",
            "no figure",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_beside_the_field(people: SimpleNamespace, html: str, said: str) -> None:
    claim = newsroom.in_stage("checking", people)
    before = claim.verdicts.latest("pk").explanation_html
    with pytest.raises(ValidationError) as refused:
        explain(claim, html, people)
    assert said in str(refused.value.message_dict["explanation_html"])
    assert claim.verdicts.latest("pk").explanation_html == before

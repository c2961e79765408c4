"""The history of a claim, and what differs between two revisions."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.services.claims import claims
from articles.services.evidence import evidence
from lib.anchoring import text_diff
from lib.anchoring.text_diff import Piece
from readers.claims import differences
from tests import newsroom
from tests.readers.conftest import LATER, correct, full, page, publish, words


def _history(client, claim, query=""):
    return page(client, reverse("readers:history", args=[claim.slug]) + query)


def _changes(document):
    return {words(c.xpath("./h3")[0]): c.xpath("./p")[0] for c in document.xpath("//div[@class='change']")}


@pytest.mark.django_db
def test_the_history_lists_every_revision_with_its_kind(client, people):
    claim = correct(full(people), people)
    claim = newsroom.take(claim, "retract", people.editor, at=LATER, comment="Wrong bridge.")
    rows = [words(row) for row in _history(client, claim).xpath("//ol[@class='revisions']/li")]
    assert [row.split(" 5 March")[0].split(" 2 March")[0] for row in rows] == [
        "Version 3 Retracted",
        "Version 2 Corrected Misleading",
        "Version 1 Published False",
    ]
    assert rows[0].endswith("Wrong bridge.")
    assert rows[1].endswith("We had misread the accounts.")


@pytest.mark.django_db
def test_the_history_of_a_retracted_claim_says_first_that_it_was_retracted(client, people):
    claim = newsroom.in_stage("retracted", people)
    text = words(_history(client, claim).xpath("//main")[0])
    assert text.index("We have retracted this check.") < text.index("Versions")


@pytest.mark.django_db
def test_the_history_shows_the_last_change_by_default(client, people):
    claim = correct(full(people), people)
    changes = _changes(_history(client, claim))
    assert set(changes) == {"Verdict", "Summary", "Last checked", "Correction"}
    assert words(changes["Last checked"].xpath("./del")[0]) == "2"
    assert words(changes["Last checked"].xpath("./ins")[0]) == "5"
    assert _changes(_history(client, claim, "?from=1&to=2")).keys() == changes.keys()


@pytest.mark.django_db
def test_revisions_can_be_compared_backwards_and_with_themselves(client, people):
    claim = correct(full(people), people)
    back = _changes(_history(client, claim, "?from=2&to=1"))
    assert words(back["Last checked"].xpath("./del")[0]) == "5"
    assert "These are the same version." in words(_history(client, claim, "?from=2&to=2"))


@pytest.mark.django_db
def test_a_comparison_shows_added_and_removed_evidence(client, people):
    claim = newsroom.take(newsroom.published(people), "recheck", people.editor)
    by = people.reporter
    gone = claim.evidence.get(stance="context")
    claim = evidence.remove(evidence=gone, by=by, at=LATER, version=claim.version)
    claim = evidence.add(
        claim=claim,
        source=newsroom.source(by, title="A new study"),
        stance="refutes",
        locator="page 2",
        by=by,
        at=LATER,
        version=claim.version,
    ).claim
    document = _history(client, publish(claim, people, at=LATER))
    cards = [c for c in document.xpath("//div[@class='change']") if words(c.xpath("./h3")[0]) == "Evidence"]
    assert [(len(c.xpath(".//del")), len(c.xpath(".//ins"))) for c in cards] == [(0, 1), (1, 0)]
    assert "Refutes: A new study" in words(cards[0])
    assert gone.source.title in words(cards[1])


@pytest.mark.django_db
def test_a_claim_with_one_revision_offers_no_comparison(client, people):
    document = _history(client, newsroom.published(people))
    assert not document.xpath("//form[@class='compare']")


@pytest.mark.django_db
def test_a_changed_statement_is_shown_word_by_word(client, people):
    claim = newsroom.take(
        newsroom.published(people, text="The bridge of Lindholm cost 12 million crowns in all"),
        "recheck",
        people.editor,
    )
    claim = claims.edit(
        claim=claim,
        by=people.reporter,
        at=LATER,
        version=claim.version,
        text="The bridge of Lindholm cost 17 million crowns in all",
    )
    statement = _changes(_history(client, publish(claim, people, at=LATER)))["Statement"]
    assert [(n.tag, n.text) for n in statement] == [("del", "12"), ("ins", "17")]


def test_the_compared_text_of_an_explanation_has_its_link_addresses():
    old = differences.readable('<p>See <a href="https://a.example/" rel="x">the list</a>.</p><ul><li>one</li></ul>')
    assert old == "See the list (https://a.example/).\none"


def test_a_word_or_two_between_changes_does_not_break_them_up():
    pieces = text_diff.words("the old bridge is narrow and very long indeed", "the new bridge was wide and very long")
    assert pieces == [
        Piece("same", "the "),
        Piece("removed", "old bridge is narrow"),
        Piece("added", "new bridge was wide"),
        Piece("same", " and very long"),
        Piece("removed", " indeed"),
    ]


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_both_texts_can_be_restored_from_their_difference(old, new):
    pieces = text_diff.words(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_enormous_texts_are_compared_by_line():
    old = "\n".join(f"line {n} of a very long explanation with many words in it" for n in range(3000))
    pieces = text_diff.words(old, old.replace("line 1500 ", "line X "))
    assert [p.kind for p in pieces] == ["same", "removed", "added", "same"]
    assert pieces[1].text.startswith("line 1500 of")

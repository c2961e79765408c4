"""Citations: stored by row, shown by place."""

from lib.richtext import citations
from lib.richtext.cleaning import clean

STORED = clean('<p>a <a data-evidence="7"></a> b <a data-evidence="5"></a> c <a data-evidence="7"></a></p>')


def test_citations_are_numbered_by_the_order_of_the_evidence():
    assert citations.cited(STORED) == [7, 5]
    shown = citations.numbered(STORED, [5, 7])
    assert [shown.index("[1]") > shown.index("[2]"), shown.count("[2]")] == [True, 2]
    assert '<a href="#evidence-2" class="cite" rel="nofollow noopener">[2]</a>' in shown
    assert citations.numbers(shown) == [2, 1]


def test_a_citation_of_nothing_is_shown_as_a_question():
    assert citations.numbered(STORED, [5]).count("[?]") == 2


def test_what_readers_have_can_be_stored_again():
    assert citations.stored(clean(citations.numbered(STORED, [5, 7])), [5, 7]) == STORED


def test_a_link_to_evidence_that_is_not_there_becomes_words():
    assert citations.stored(clean('<p><a href="#evidence-9" class="cite">[9]</a></p>'), [5]) == "<p>[9]</p>"


def test_a_copy_cites_the_copied_rows():
    assert citations.cited(citations.copied(STORED, {7: 70, 5: 50})) == [70, 50]


def test_a_sentence_is_the_same_in_another_order():
    assert (
        citations.without("It grew by 12 % [1][2].") == citations.without("It grew by 12 % [2].") == "It grew by 12 %."
    )
    assert citations.spans("It grew [12].") == [(7, 12)]

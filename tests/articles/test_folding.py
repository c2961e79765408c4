"""Words as search compares them."""

import pytest

from articles import folding
from articles.selectors.readers import spelling


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Kəlbəcər", "kelbecer"),
        ("İSTANBUL", "istanbul"),
        ("ısırğan", "isirgan"),
        ("Ёлка", "елка"),
        ("за́мок", "замок"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Ærø", "aero"),
        ("الْقُدْس", "القدس"),
        ("إدارة", "اداره"),
        ("مـحـطـة", "محطة"),
        ("کتاب", "كتاب"),
        ("٤٠", "40"),
        ("և", "եւ"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("cafe\u0301", "café"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(written, typed):
    assert folding.fold(written) == folding.fold(typed)


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("bridge", "bridges"), ("की", "का")])
def test_different_words_fold_to_different_ones(one, other):
    assert folding.fold(one) != folding.fold(other)


@pytest.mark.parametrize("value", ["Kəlbəcər", "Ёлка й", "إدارة", "ﬁn ßtra", "हिन्दी", "한국어", "\u0301", "\u0640"])
def test_folding_twice_changes_nothing_more(value):
    assert folding.fold(folding.fold(value)) == folding.fold(value)


def test_a_text_is_split_into_words_at_everything_that_is_no_letter_or_digit():
    assert folding.words("The “new” bridge (2019) cost 17.4 million — it's_odd") == [
        "the", "new", "bridge", "2019", "cost", "17", "4", "million", "it", "s", "odd",
    ]  # fmt: skip
    assert folding.words("हिन्दी भाषा") == ["हिन्दी", "भाषा"]
    assert folding.words("\u0640 \u200d --- '") == []
    assert folding.words("x" * 500) == ["x" * folding.MAX_WORD]


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("bridge", "bridge", 0), ("brigde", "bridge", 1), ("brdge", "bridge", 1), ("bridgge", "bridge", 1),
     ("bredge", "bridge", 1), ("ferry", "bridge", 6), ("", "abc", 3)],
)  # fmt: skip
def test_the_edit_distance_of_two_words_is_counted_right(one, other, letters):
    assert spelling.distance(one, other) == spelling.distance(other, one) == letters

"""Words and figures as matching compares them: the database's functions, and the folding that they are made from."""

import sys

import pytest
from django.db import connection

from articles import folding
from articles.folding import sql
from lib.sqlfiles import read_sql


def lexemes(language: str, words: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lexeme FROM factcheck_lexemes(%s, %s)", [language, words])
        return {lexeme for (lexeme,) in cursor.fetchall()}


def test_the_sql_file_is_made_from_the_tables_of_folding() -> None:
    assert read_sql("articles", "folding") == sql.functions(), "run python -m tools.folding_sql"


@pytest.mark.django_db
def test_the_database_folds_every_small_letter_as_python_does() -> None:
    letters = [chr(code) for code in range(0x80, min(sys.maxunicode, 0x2FFF)) if chr(code).isalpha()]
    small = [letter for letter in letters if letter == letter.lower() == letter.casefold() or letter in "ßς"]
    small.remove("ͺ")  # a sign that stands beside a letter
    with connection.cursor() as cursor:
        cursor.execute("SELECT letter, factcheck_fold(letter) FROM unnest(%s::text[]) AS letter", [small])
        wrong = [
            (letter, there, folding.fold(letter))
            for letter, there in cursor.fetchall()
            if there != folding.fold(letter)
        ]
    assert len(small) > 3000
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "written", "figure"),
    [
        ("en", "$2.4M", "2400000"),
        ("en", "2.4 million", "2400000"),
        ("en", "2.4-million", "2400000"),
        ("en", "2,400,000", "2400000"),
        ("de", "2,4 Millionen", "2400000"),
        ("de", "2.400.000", "2400000"),
        ("de", "2,4 Mio.", "2400000"),
        ("es", "2,4 millones", "2400000"),
        ("fr", "2,4 millions", "2400000"),
        ("fr", "2 400 000", "2400000"),
        ("tr", "2,4 milyon", "2400000"),
        ("az", "2,4 milyon", "2400000"),
        ("ru", "2,4 млн", "2400000"),
        ("ru", "2,4 миллиона", "2400000"),
        ("ar", "٢٫٤ مليون", "2400000"),
        ("hy", "2,4 միլիոն", "2400000"),
        ("en", "1.2bn", "1200000000"),
        ("de", "3 Billionen", "3000000000000"),
        ("en", "3 billion", "3000000000"),
        ("en", "40k", "40000"),
        ("en", "12.000", "12000"),
        ("en", "30%", "30%"),
        ("de", "30 Prozent", "30%"),
        ("tr", "yüzde 30", "30%"),
        ("tr", "%30", "30%"),
        ("ar", "٣٠٪", "30%"),
        ("ru", "4,50 процента", "4.5%"),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(language: str, written: str, figure: str) -> None:
    assert figure in lexemes(language, f"{written} x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "written", "not_there"),
    [
        ("en", "2.4 metres", "2400000"),
        ("en", "5 mice", "5000000"),
        ("en", "3.142", "3142"),
        ("de", "3,142", "3142"),
        ("en", "40 kilos", "40000"),
    ],
)
def test_a_number_is_not_read_as_another_one(language: str, written: str, not_there: str) -> None:
    assert not_there not in lexemes(language, written)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "café", "cafe"),
        ("en", "the U.S. sold it", "US sold"),
        ("fr", "stérile", "sterile"),
        ("tr", "Cumhurbaşkanı", "cumhurbaskani"),
        ("az", "Kəlbəcər", "Kelbecer"),
        ("ru", "ёлка", "елка"),
        ("ar", "الْقُدْس", "القدس"),
    ],
)
def test_spellings_of_one_word_are_one_lexeme(language: str, one: str, other: str) -> None:
    assert lexemes(language, one) & lexemes(language, other)


@pytest.mark.django_db
def test_a_huge_number_is_no_error() -> None:
    assert lexemes("en", "9" * 400 + " million " + "1" * 15 + ".123456 trillion %5")


def test_an_acronym_is_one_word_with_or_without_dots() -> None:
    assert folding.words("The U.S. Army, the U.S.A. and т.е. 5.") == [
        "the",
        "us",
        "army",
        "the",
        "usa",
        "and",
        "те",
        "5",
    ]
    assert folding.words("it.is A. B") == ["it", "is", "a", "b"]

"""Authors and publishers as pages name them: no author is better than a wrong one."""

import pytest

from lib.extraction import bylines

PLACEHOLDERS = [
    *("Username", "Admin", "作者", "By 作者", "View all posts by admin", "Super User", "user123", "Администратор"),
    *("Редакция", "Guest Author", "Contributor", "News Desk", "Staff Reporter", "投稿者", "記者", "محرر", "Web Desk"),
    *("jane.roe@news.example", "@janeroe", "Share this", "Read more", "Follow us on Twitter", "Jane Roe's profile"),
    *("Lindholm Herald", "Lindholmer Zeitung", "Politics", "Jane Roe Photo: John Doe", "", " ; "),
]
ONE = {
    "View all posts by Jane Roe": "Jane Roe",
    "All posts by Jane Roe →": "Jane Roe",
    "Posted by Jane Roe on May 3": "Jane Roe",
    "Written by: Jane Roe": "Jane Roe",
    "作者：李明": "李明",
    "Автор: Иван Петров": "Иван Петров",
    "müəllif: Leyla Məmmədova": "Leyla Məmmədova",
    "Door Jan de Vries": "Jan de Vries",
    "Jane RoeMay": "Jane Roe",
    "Jane RoeJanuary 4": "Jane Roe",
    "Jane Roe, January": "Jane Roe",
    "Иван Петров, 5 марта 2020": "Иван Петров",
    "Mehmet Yılmaz Ocak 2020": "Mehmet Yılmaz",
    "JANE ROE; Jane Roe": "Jane Roe",
    "Jane Roe JANE ROE": "Jane Roe",
    "INGRID SUNDQVIST, INGRID SUNDQVIST": "Ingrid Sundqvist",
    "Seeley, Jason": "Jason Seeley",
    "Seeley; Jason": "Jason Seeley",
    "Van Dyke, Dick": "Dick Van Dyke",
    "Jane Roe, Staff Writer": "Jane Roe",
    "Jane Roe | Lindholm Herald": "Jane Roe",
    "José Ortega y Gasset": "José Ortega y Gasset",
    "AFP": "AFP",
}
#: Names that a rule for dates could cut.
LIKE_MONTHS = ["April Jones", "June Carter", "May Sarton", "Jan Kowalski", "Julian May", "Curtis LeMay"]
SEVERAL = [
    ("Roe, Jane; Doe, John", ["Jane Roe", "John Doe"]),
    ("Jane Roe, John Doe", ["Jane Roe", "John Doe"]),
    ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
    ("Anna Bauer und Jan Meyer", ["Anna Bauer", "Jan Meyer"]),
    ("Ana María y Luis Gómez", ["Ana María", "Luis Gómez"]),
]
NO_PUBLISHERS = [
    *("© 2021 Lindholm Herald", "(c) Herald", "All rights reserved", "Alle Rechte vorbehalten Herald", "Home"),
    *("Все права защищены", "Lindholm Herald | News from Lindholm", "A bridge for Lindholm: what it cost us"),
    *("Breaking News, Latest News and Videos", "https://herald.example", "Untitled", "WordPress", "Главная"),
]


@pytest.mark.parametrize("said", PLACEHOLDERS)
def test_what_is_no_name_gives_no_author(said: str) -> None:
    assert bylines.authors(said) == []


@pytest.mark.parametrize("said", ONE)
def test_a_name_is_read_without_what_is_around_it(said: str) -> None:
    assert bylines.authors(said) == [ONE[said]]


@pytest.mark.parametrize("name", LIKE_MONTHS)
def test_a_name_that_is_like_a_month_stays_whole(name: str) -> None:
    assert bylines.authors(name) == [name]


@pytest.mark.parametrize(("said", "names"), SEVERAL)
def test_several_authors_are_told_apart(said: str, names: list[str]) -> None:
    assert bylines.authors(said) == names


@pytest.mark.parametrize("said", NO_PUBLISHERS)
def test_a_copyright_line_or_page_title_is_no_publisher(said: str) -> None:
    assert bylines.publisher(said) == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Lindholm Herald", "Lindholm Herald"),
        ("A bridge for Lindholm - Lindholm Herald", "Lindholm Herald"),
        ("Channel 4", "Channel 4"),
        ("24.az", "24.az"),
        ("Al-Quds", "Al-Quds"),
    ],
)
def test_a_publisher_is_read_as_it_is_written(said: str, name: str) -> None:
    assert bylines.publisher(said) == name

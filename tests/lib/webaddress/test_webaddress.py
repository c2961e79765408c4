"""Addresses of one page have one spelling; addresses of different pages do not."""

import pytest

from lib import webaddress

ONE_PAGE = [
    "https://news.example/town/2026/bridge-opens",
    "http://news.example/town/2026/bridge-opens/",
    "https://www.news.example/town/2026/bridge-opens?utm_source=x&fbclid=abc",
    "https://m.news.example/town/2026/bridge-opens#comments",
    "https://amp.news.example/town/2026/bridge-opens",
    "https://news.example/amp/town/2026/bridge-opens",
    "https://news.example/town/2026/bridge-opens/amp/",
    "https://NEWS.example:443/town/2026/bridge-opens?ref=home&gclid=1",
    "news.example/town/2026/bridge-opens",
]


def test_all_addresses_of_a_page_have_one_spelling() -> None:
    assert {webaddress.normalized(url) for url in ONE_PAGE} == {ONE_PAGE[0]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/a", "https://sport.news.example/a"),
        ("https://news.example/a", "https://news.example:8443/a"),
        ("https://m.example/a", "https://example/a"),
    ],
)
def test_different_pages_keep_different_addresses(one: str, other: str) -> None:
    assert webaddress.normalized(one) != webaddress.normalized(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example/",
        "https://www.n.example",
        "https://n.example/news",
        "https://n.example/world/middle-east",
        "https://n.example/index.html",
    ],
)
def test_front_pages_and_sections_are_known(url: str) -> None:
    assert webaddress.is_front_or_section(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example/news/2026/03/02/bridge",
        "https://n.example/the-bridge-opens-after-ten-years",
        "https://n.example/a-7341.html",
        "https://n.example/?p=812",
        "https://n.example/news/mayor-resigns-over-bridge-costs",
    ],
)
def test_articles_are_no_sections(url: str) -> None:
    assert not webaddress.is_front_or_section(url)


@pytest.mark.parametrize("text", ["", "http://[", "not an address", "https://"])
def test_what_is_no_address_comes_back_as_it_was(text: str) -> None:
    assert webaddress.normalized(text) == text

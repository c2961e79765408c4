"""Search: what is found, in which order, what is marked, and what helps where nothing is."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from articles.models import PublishedClaim, PublishedWord
from articles.selectors.readers import facets, published, query_parser, search_results, spelling
from articles.selectors.readers.claim_filters import Filters
from readers.search import pages
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page, words

pytestmark = pytest.mark.django_db


def search(client, query, *, status=200):
    """The page for a query as somebody would type it into the address."""
    return page(client, f"/claims/{quote(query, safe='?=&,+%/')}", status=status)


_RESULTS = "//div[contains(@class, 'results')][not(ancestor::section[@class='closest'])]"


def statements(document):
    """The statements of the results, best first."""
    return [words(node) for node in document.xpath(f"{_RESULTS}//p[@class='said']/*[@dir='auto']")]


def marked(document):
    """The words that are marked, in the order of the page."""
    return [words(node) for node in document.xpath(f"{_RESULTS}//p[@class='said']//b")]


def test_a_word_in_the_statement_comes_before_one_in_the_quoted_passage(client, people):
    about = newsroom.published(people, text="The bridge was late")
    quoting = newsroom.published(people, text="The council met in May")
    newsroom.published(people, text="The ferry sank", quote="The old ferry")
    assert statements(search(client, "?q=bridge")) == [about.text, quoting.text]
    assert statements(search(client, "?q=bridge&sort=newest")) == [quoting.text, about.text]


def test_found_words_are_highlighted_by_the_claims_language_and_markup_is_escaped(client, people):
    newsroom.published(people, text="Bridges <b>cost</b> money & every Bridge is late")
    document = search(client, "?q=bridge")
    assert marked(document) == ["Bridges", "Bridge"]
    assert not document.xpath("//article//mark"), "the marker is for other people's words"
    assert "Bridges <b>cost</b> money" in words(document)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("?q=kelbecer", "Kəlbəcərdə 1993-cü ildə döyüş olub"),
        ("?q=KƏLBƏCƏR", "Kəlbəcərdə 1993-cü ildə döyüş olub"),
        ("?q=doyus", "Kəlbəcərdə 1993-cü ildə döyüş olub"),
        ("?q=محطه", "تنتج المحطة الجديدة 40 ميغاواط"),
    ],
)
def test_words_are_found_without_diacritics_and_in_other_letters(client, people, typed, found):
    newsroom.published(people, text="Kəlbəcərdə 1993-cü ildə döyüş olub", language="az")
    arabic(people)
    document = search(client, typed)
    assert statements(document) == [found]
    assert marked(document)


def test_search_understands_phrases_minus_and_or(client, people):
    newsroom.published(people, text="The red gate was late")
    newsroom.published(people, text="The gate was red and late")
    newsroom.published(people, text="The tram was early")

    def texts(q):
        return sorted(row.text for row in published.claims(Filters(q=q)).rows)

    assert texts('"red gate" late') == ["The red gate was late"]
    assert texts("late -red") == []
    assert texts("gate or tram -early") == ["The gate was red and late", "The red gate was late"]
    assert texts("tram or red") == ["The gate was red and late", "The red gate was late", "The tram was early"]


@pytest.mark.parametrize(
    "typed",
    ["-", "- " * 50, '"', '"""', '-"', "or", "or or or", "a" * 5000, "'; DROP TABLE x --", "\\", "a:*b & !c | (d",
     "<->", "%", "\ue000\ue001", "é" * 200, "-bridge", '"-"', "(((((((", "\u202e", "🙂", "a\tb\nc", "-" * 199 + "x"],
)  # fmt: skip
def test_any_typed_search_is_answered(client, people, typed):
    newsroom.published(people)
    for sort in ("", "&sort=newest", "&sort=checked"):
        assert client.get(f"/claims/?q={quote(typed)}{sort}").status_code == 200


def test_a_search_of_excluded_words_alone_is_explained(client, people):
    newsroom.published(people)
    document = search(client, "?q=-bridge")
    assert "Type at least one word" in words(document)
    assert len(statements(document)) == 1


def test_an_unknown_sort_order_is_refused(client, people):
    assert "is not a sort order" in words(search(client, "?sort=loudest", status=400))


def test_results_can_be_sorted_by_last_check(client, people):
    for day in (5, 7, 3):
        newsroom.published(people, text=f"Checked on day {day}")
    for row in PublishedClaim.objects.all():
        day = int(row.text[-1])
        PublishedClaim.objects.filter(pk=row.pk).update(checked_on=f"2026-03-0{day}")
    assert statements(search(client, "?sort=checked")) == [f"Checked on day {n}" for n in (7, 5, 3)]
    assert statements(search(client, "?q=checked&sort=checked")) == [f"Checked on day {n}" for n in (7, 5, 3)]


def test_a_misspelt_word_is_corrected(client, people):
    claim = newsroom.published(people, text="The catamaran sank off Lindholm")
    document = search(client, "?q=catamarna")
    assert "0 fact checks" in words(document)
    assert statements(document) == [claim.text]
    assert marked(document) == ["catamaran"]
    [link] = document.xpath("//h2/a/@href")
    assert link == "?q=catamaran"
    document = search(client, "?q=catamarna&rating=false")
    assert statements(document) == [claim.text], "in spite of the filter"
    assert document.xpath("//h2/a/@href") == ["?q=catamaran"]
    for n in range(2):
        newsroom.published(people, text=f"A katamaran is a boat with {n} sails")
    assert "Did you mean" not in words(search(client, "?q=katamaran")), "it is a word of our own"


def test_spelling_is_corrected_for_whole_words_only(people):
    newsroom.published(people, text="The barn of Lindholm is for rent")
    assert spelling.suggestion("brn brnish") == "barn brnish"


SPELLINGS = {
    "water": "",  # not "later": another first letter
    "Aliyev": "",  # not "Hajiyev"
    "Hajiev": "Hajiyev",
    "Hajyeiv": "",  # a name, two letters away
    "hajyeiv": "Hajiyev",
    "peace keepers": "peacekeepers",
    "Peace keepers came later": "Peacekeepers came later",
    "S/LAT/822": "",
    "LATR": "",  # an abbreviation
    "latr": "later",
    "lat3r": "",
    "came": "",
    "peacekeeper": "",  # a form of a word that is there
    "Кельбаджар": "",
    "“latr”, hajiyv?": "“later”, Hajiyev?",
}
FIGURES = {
    "12500": "12,500 cars a day",
    "12,500": "12,500 cars a day",
    "12 500 cars": "12,500 cars a day",
    "12.500": "12,500 cars a day",
    "١٢٥٠٠": "12,500 cars a day",
    "2000 peacekeepers": "2 000 peacekeepers came",
    "3750": "",
    "37.50": "A ticket costs 37.50",
    '"12,500 cars"': "12,500 cars a day",
}


def test_spelling_advice_leaves_alone_what_is_no_misspelling(people):
    newsroom.published(people, text="The peacekeepers of Hajiyev came later")
    newsroom.published(people, text="Школа Кельбаджара закрыта", language="ru")
    assert {typed: spelling.suggestion(typed) for typed in SPELLINGS} == SPELLINGS


def test_figures_are_found_however_they_are_written(client, people):
    for text in ("12,500 cars a day", "2 000 peacekeepers came", "A ticket costs 37.50"):
        newsroom.published(people, text=text)
    pages_found = {typed: search(client, f"?q={quote(typed)}") for typed in FIGURES}
    counts = {typed: words(document.xpath("//h2[@id='count']")[0]) for typed, document in pages_found.items()}
    assert counts == {typed: "1 fact check" if found else "0 fact checks" for typed, found in FIGURES.items()}
    for typed, found in FIGURES.items():
        assert not found or statements(pages_found[typed])[:1] == [found]
    assert marked(pages_found["12500"]) == ["12,500"]


def test_name_of_a_verdict_leads_to_the_claims_with_it(client, people):
    newsroom.published(people, rating="mostly_true")
    document = search(client, "?q=mostly+TRUE")
    [link] = document.xpath("//p[@class='meant']/a")
    assert (words(link), link.get("href")) == ("Mostly true", "?rating=mostly_true")
    assert not search(client, "?q=mostly").xpath("//p[@class='meant']")


def test_words_that_no_claim_has_any_more_are_not_suggested(people):
    claim = full(people)
    assert PublishedWord.objects.filter(word="lindholm").exists()
    before = set(PublishedWord.objects.values_list("word", "claims"))
    claim = correct(claim, people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="We misread it.")
    after = set(PublishedWord.objects.values_list("word", "claims"))
    assert {word for word, _ in before} - {word for word, _ in after} != set()
    assert all(n > 0 for _, n in after)


def test_facets_count_what_a_search_can_be_narrowed_to(client, people):
    full(people)
    full(people, rating="misleading", text="The new bridge of Lindholm is short", topics=["Transport", "Budget"])
    newsroom.published(people, rating="false", text="The bridge was late")
    document = search(client, "?q=bridge&rating=false")
    verdicts = {words(label) for label in document.xpath("//label[@class='check']")}
    assert {"False 2", "Misleading 1"} <= verdicts, "verdicts are counted as if none was chosen"
    further = {a.text_content().strip(): a.get("href") for a in document.xpath("//nav[@class='side']//a")}
    assert further == {}, "one topic and one claimant alone narrow nothing down"
    document = search(client, "?q=bridge")
    further = {words(a): a.get("href") for a in document.xpath("//nav[@class='side']//a")}
    assert further["Budget 1"] == "?q=bridge&topic=Budget"
    assert further["Transport 2"] == "?q=bridge&topic=Transport"
    assert statements(search(client, f"/{further['Budget 1']}"[1:])) == ["The new bridge of Lindholm is short"]


def test_an_empty_result_names_the_filters_that_exclude_matches(client, people):
    newsroom.published(people, text="The tram was early")
    document = search(client, "?q=tram&rating=false")
    assert words(document.xpath("//h2[@id='count']")[0]) == "0 fact checks"
    [advice] = document.xpath("//div[@class='empty']")
    assert "match “tram”" in words(advice)
    links = {words(a): a.get("href") for a in advice.xpath(".//a[starts-with(@href, '?')]")}
    assert links == {"Remove the filter “Verdict”": "?q=tram"}
    assert "Remove the filter “Verdict” · 1 fact check" in words(advice)
    assert statements(document) == ["The tram was early"], "the newest claims stand in"
    [way] = advice.xpath(".//a[.='Suggest a claim']/@href")
    assert page(client, way).xpath("//form[@method='post']"), "straight to where it is suggested"
    assert page(client, "/az/claims/?q=tramline").xpath("//div[@class='empty']//a[@href='/az/suggest/']")


def test_paging_by_relevance_survives_a_republication(client, people):
    made = [newsroom.published(people, text=f"Item {n} of the budget rose") for n in range(23)]
    first = search(client, "?q=budget")
    [following] = first.xpath("//a[@rel='next']/@href")
    newest = published.head().seq
    for n, claim in enumerate((made[22], made[0]), start=1):  # one on the first page, one on the second
        # What publishing it again with the same words does to a claim's place in lists.
        PublishedClaim.objects.filter(pk=claim.pk).update(record_id=newest + n, published_at=LATER + timedelta(days=n))
    second = page(client, f"/claims/{following}")
    assert not second.xpath("//a[@rel='next']")
    assert sorted(statements(first) + statements(second)) == sorted(claim.text for claim in made)
    [back] = second.xpath("//a[@rel='prev']/@href")
    assert statements(page(client, f"/claims/{back}")) == statements(first)


def test_the_number_of_counted_and_ranked_results_is_bounded(client, people, monkeypatch):
    for n in range(5):
        newsroom.published(people, text=f"Item {n} of the budget rose")
    monkeypatch.setattr(pages, "HANDFUL", 0)  # no closest matches beside them
    monkeypatch.setattr(facets, "CANDIDATES", 3)
    monkeypatch.setattr(search_results, "RANKED", 3)
    monkeypatch.setattr(facets, "RANKED", 3)
    document = search(client, "?q=budget")
    assert "More than 3 fact checks" in words(document)
    assert sorted(statements(document)) == [f"Item {n} of the budget rose" for n in (2, 3, 4)], "the newest"
    assert "the best matches from the latest 3" in words(document)
    assert "3+" in words(document.xpath("//label[@class='check']")[0])


def test_every_language_has_its_own_rules_and_languages_are_read_without_reading_claims(people):
    newsroom.published(people)
    arabic(people)
    assert query_parser.languages() == ["ar", "en"]
    assert query_parser.configs_in_use() == ["arabic", "english"]


def test_highlighted_words_are_the_only_markup_in_a_snippet(client, people):
    newsroom.published(people, text="Ends with a \ue000bridge\ue001 in private characters")
    document = search(client, "?q=bridge")
    assert re.sub(r"[\ue000\ue001]", "", statements(document)[0]) == "Ends with a bridge in private characters"
    assert marked(document) == ["bridge"]


def test_a_search_with_many_matches_is_kept_until_the_next_publication(client, people, monkeypatch, tables_read):
    monkeypatch.setattr(facets, "RANKED", 1)
    newsroom.published(people, text="The bridge was late")
    newsroom.published(people, text="The bridge was dear")
    first = statements(search(client, "?q=bridge"))
    with tables_read() as kept:
        assert statements(search(client, "?q=bridge")) == first
    search(client, "?q=dear")
    with tables_read() as rare:
        search(client, "?q=dear")
    assert "publishedclaim" not in kept
    assert "publishedclaim" in rare
    newer = newsroom.published(people, text="The bridge was long")
    assert newer.text in statements(search(client, "?q=bridge"))

"""What a reader passes on: plain links, and an answer to whoever sent the claim."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from articles.models import Record
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page, words

pytestmark = pytest.mark.django_db
#: The service of a link, by the host it leads to.
HOSTS = {
    "wa.me", "t.me", "www.facebook.com", "x.com", "bsky.app", "share.joinmastodon.org", "",
}  # fmt: skip


def _short(claim):
    return f"{settings.SITE_URL}/c/{Record.objects.filter(claim_id=claim.pk).earliest('seq').seq}/"


def _answer(client, claim, prefix=""):
    return page(client, prefix + reverse("readers:claim", args=[claim.slug])).get_element_by_id("answer").text


def _links(tree):
    return tree.xpath("//nav[@class='share-row']//li/a")


def _given(link):
    """What a service gets: the values of the link's query, or of its fragment."""
    parts = urlsplit(link)
    return " ".join(value for values in parse_qs(parts.query or parts.fragment).values() for value in values)


def test_a_claim_page_has_a_plain_link_to_each_service_with_verdict_claim_and_short_link(client, people):
    claim = full(people, text='Ärger & "Tom" <b> 100 % #1')
    links = [a.get("href") for a in _links(page(client, reverse("readers:claim", args=[claim.slug])))]
    assert {urlsplit(link).netloc for link in links} == HOSTS
    assert len(links) == len(HOSTS)
    for link in links:
        assert _short(claim) in _given(link), link
        if "facebook" not in link:  # it takes nothing but an address
            assert f"False: {claim.text}" in _given(link), link


def test_links_open_apart_from_the_page_and_each_has_a_name_beside_its_icon(client, people):
    for link in _links(page(client, reverse("readers:claim", args=[full(people).slug]))):
        assert words(link)
        [icon] = link.xpath("svg")
        assert icon.get("aria-hidden") == "true"
        if not link.get("href").startswith("mailto:"):
            assert (link.get("target"), link.get("rel")) == ("_blank", "noopener nofollow")


def test_an_article_page_can_be_passed_on(client, people):
    full(people)
    links = _links(page(client, "/articles/a-bridge-for-lindholm/"))
    assert {urlsplit(link.get("href")).netloc for link in links} == HOSTS
    for link in links:
        assert f"{settings.SITE_URL}/articles/a-bridge-for-lindholm/" in _given(link.get("href"))


def test_the_answer_says_claim_verdict_and_short_link_in_the_language_of_the_page(client, people):
    claim = full(people)
    said, link = _answer(client, claim).split("\n")
    assert said == f"{settings.SITE_NAME} checked this claim: “{claim.text}”. Verdict: False."
    assert link == _short(claim)
    russian = _answer(client, claim, "/ru")
    assert f"проверка утверждения «{claim.text}». Вердикт: " in russian
    assert "False" not in russian
    assert "/ru/c/" in russian


def test_the_answer_to_an_open_verdict_says_that_nothing_is_settled(client, people):
    claim = newsroom.published(people, rating="unverifiable")
    assert "Verdict: Unverifiable. It is still open whether the claim is true." in _answer(client, claim)


def test_the_answer_to_a_retracted_claim_names_no_verdict(client, people):
    claim = full(people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    for path in (f"/claims/{claim.slug}/", f"/claims/{claim.slug}/r1/"):
        tree = page(client, path)
        answer = tree.get_element_by_id("answer").text
        assert f"{settings.SITE_NAME} withdrew its check of this claim: “{claim.text}”." in answer
        assert "False" not in answer
        assert all("False" not in _given(a.get("href")) for a in tree.xpath("//li/a[@target]"))


def test_an_old_revision_passes_on_the_verdict_of_today(client, people):
    claim = correct(full(people), people)
    assert "Verdict: Misleading." in page(client, f"/claims/{claim.slug}/r1/").get_element_by_id("answer").text


def test_a_statement_that_ends_in_a_full_stop_leaves_one_in_the_answer(client, people):
    claim = newsroom.published(people, text="The mayor came by helicopter.")
    assert "“The mayor came by helicopter”. Verdict: True.\n" in _answer(client, claim)


def test_a_long_statement_is_shortened_and_another_direction_isolated(client, people):
    long = newsroom.published(people, text="A statement that goes on " * 19)
    assert len(_answer(client, long)) < 280
    claim = arabic(people)
    assert f"“\u2068{claim.text}\u2069”" in _answer(client, claim)


def test_the_embed_code_is_folded_away_and_still_there(client, people):
    tree = page(client, reverse("readers:claim", args=[full(people).slug]))
    [folded] = tree.xpath("//details[.//textarea[@id='embed-code']]")
    assert folded.get("open") is None
    assert words(folded.find("summary")).startswith("For publishers and auditors")

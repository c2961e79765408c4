"""The front page and lists: the reader's language first, and the claim that an editor put at the top."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from articles import rating_words
from articles.models import Change, FrontPin
from articles.selectors.readers import by_language
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.newsroom import front
from articles.services.newsroom import front_pins
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom
from tests.readers.conftest import arabic, full, page, words

pytestmark = pytest.mark.django_db


def _now():
    return timezone.now()


def _pin(claim, people, *, days=1, seen="", by=None):
    until = timezone.localdate() + timedelta(days=days)
    return front_pins.pin(claim=claim, until=until, by=by or people.editor, at=_now(), seen=seen)


def _lead(client, address="/"):
    return page(client, address).xpath("//section[@class='lead']//h2//a/@href")


def _listed(document, name):
    return document.xpath(f"//*[@class='{name}']//article//a/@href")


def test_the_front_page_and_lists_show_the_readers_language_and_others_apart(client, people):
    english, other = full(people), arabic(people)
    paths = {"/": "lead", "/claims/": "results"}
    for address, place in paths.items():
        document = page(client, address)
        own = f"/claims/{english.slug}/"
        assert own in _listed(document, place), address
        assert not [href for href in _listed(document, place) if other.slug in href], address
        [apart] = document.xpath("//section[@aria-labelledby='others']//article")
        assert apart.get("lang") == "ar"
        assert apart.get("dir") == "rtl"
        path = reverse("readers:claim", args=[other.slug])
        assert apart.xpath(".//a/@href") == [f"/ar{path}"]
        assert rating_words.in_language("Mostly true", "ar") in words(apart), "its verdict is in its language"
    document = page(client, "/ar/")
    lead = words(document.xpath("//section[@class='lead']")[0])
    assert other.text in lead
    assert english.text not in lead


def test_a_reader_whose_language_has_no_claims_is_told_so_and_sees_all(client, people):
    english = full(people)
    document = page(client, "/hy/")
    assert document.xpath("//p[contains(@class, 'notice')]")
    assert f"/hy/claims/{english.slug}/" in _listed(document, "lead")
    assert document.xpath("//section[@aria-labelledby='others']") == []


def test_all_languages_and_searches_are_taken_at_their_word(client, people):
    english, other = full(people), arabic(people)
    everything = words(page(client, "/claims/?language=*").xpath("//div[@class='results']")[0])
    assert english.text in everything
    assert other.text in everything
    found = words(page(client, "/claims/?q=المحطة").xpath("//div[@class='results']")[0])
    assert other.text in found
    assert other.text in words(page(client, "/claims/?language=ar").xpath("//div[@class='results']")[0])


def test_other_languages_take_turns(people):
    full(people)
    for number in range(3):
        newsroom.published(people, text=f"Новый мост номер {number}", language="ru")
    arabic(people)
    newsroom.published(people, text="Новый мост", language="ru")
    found = by_language.claims_by_language(Filters(), "en").others
    assert sorted(row.language for row in found) == ["ar", "ru", "ru"]


def test_a_pinned_claim_leads_until_its_day_has_passed(client, people):
    old = full(people)
    newer = newsroom.published(people, text="A newer claim")
    assert _lead(client) == [f"/claims/{newer.slug}/"]
    _pin(old, people)
    assert _lead(client) == [f"/claims/{old.slug}/"]
    FrontPin.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert _lead(client) == [f"/claims/{newer.slug}/"]


def test_a_pinned_claim_that_is_not_among_the_newest_leads(client, people, monkeypatch):
    old = full(people)
    monkeypatch.setattr("readers.newsroom.front.NEWEST", 2)
    for number in range(3):
        newsroom.published(people, text=f"A newer claim, number {number}")
    _pin(old, people)
    assert _lead(client) == [f"/claims/{old.slug}/"]


def test_a_retracted_claim_falls_off(client, people):
    claim = full(people)
    other = newsroom.published(people, text="A newer claim")
    _pin(claim, people)
    newsroom.take(claim, "retract", people.editor, comment="We misread it.", at=_now())
    assert front.state("en", today=timezone.localdate()).pinned is None
    assert _lead(client) == [f"/claims/{other.slug}/"]
    with pytest.raises(ValidationError, match="published"):
        _pin(claim, people, seen=front_pins.state(FrontPin.objects.get()))


def test_a_pin_leads_in_the_claims_language_alone(client, people):
    full(people)
    newer = newsroom.published(people, text="A newer claim")
    other = arabic(people)
    _pin(other, people)
    assert _lead(client) == [f"/claims/{newer.slug}/"]
    assert other.text in words(page(client, "/ar/").xpath("//section[@class='lead']")[0])
    pinned = [code for code, _name in settings.LANGUAGES if front.state(code, today=timezone.localdate()).pinned]
    assert pinned == ["ar"]


def test_only_an_editor_pins_and_the_history_says_who(people):
    claim = full(people)
    for person in (people.reporter, people.checker):
        with pytest.raises(NotAllowedError):
            _pin(claim, people, by=person)
    row = _pin(claim, people)
    front_pins.unpin(claim=claim, by=people.editor, at=_now(), seen=front_pins.state(row))
    insert, delete = Change.objects.filter(table="articles_frontpin").order_by("id")
    assert (insert.actor, delete.actor) == (people.editor, people.editor)
    assert FrontPin.objects.count() == 0


def test_two_editors_do_not_overwrite_each_other(people):
    first, second = full(people), newsroom.published(people, text="A newer claim")
    row = _pin(first, people)
    with pytest.raises(StaleError):
        _pin(second, people, seen="")
    _pin(second, people, seen=front_pins.state(row))
    with pytest.raises(StaleError):
        front_pins.unpin(claim=second, by=people.editor, at=_now(), seen=front_pins.state(row))


@pytest.mark.parametrize("days", [-1, front_pins.MOST_DAYS + 1])
def test_a_day_that_is_past_or_far_off_is_refused_at_its_field(people, days):
    with pytest.raises(ValidationError) as refused:
        _pin(full(people), people, days=days)
    assert list(refused.value.message_dict) == ["until"]


def test_what_readers_do_not_have_cannot_be_pinned(people):
    with pytest.raises(ValidationError, match="published"):
        _pin(newsroom.in_stage("approved", people), people)

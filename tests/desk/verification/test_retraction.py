"""The page on which a claim is retracted: whether the attribution falls, and what goes on naming somebody."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from articles.services import translations
from articles.services.library import claimants
from tests import newsroom
from tests.desk import pages
from tests.readers.conftest import LATER, publish

pytestmark = pytest.mark.django_db


def _published(people: SimpleNamespace, text: str = "The tunnel under the fjord leaks"):
    claimant = claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Ingrid Sundqvist", kind="person")
    return newsroom.published(people, text=text, claimant=claimant)


@pytest.mark.parametrize(("sent", "attribution"), [({}, "withdrawn"), ({"keep_attribution": "on"}, "kept")])
def test_the_attribution_falls_unless_the_editor_keeps_it(people, sent, attribution):
    claim = _published(people)
    pages.confirm(pages.signed_in(people.editor), claim, "retract", comment="We misheard.", **sent)
    assert newsroom.record_of(claim).document()["retraction"]["attribution"] == attribution


@pytest.mark.parametrize(("sent", "attribution"), [({}, "withdrawn"), ({"attribution": "kept"}, "kept")])
def test_the_article_desk_offers_the_same_choice(people, sent, attribution):
    claim = _published(people)
    article = claim.appearances.get().article_version.article
    address = reverse("admin:articles_article_desk", args=[article.pk]) + f"claims/{claim.pk}/step/retract/"
    client, body = pages.signed_in(people.editor), {"version": claim.version, "comment": "We misheard."}
    unreadable = client.post(address, body | {"attribution": "half"}, content_type="application/json")
    assert unreadable.status_code == 400
    assert newsroom.record_of(claim).document()["kind"] == "published"
    assert client.post(address, body | sent, content_type="application/json").status_code == 200
    assert newsroom.record_of(claim).document()["retraction"]["attribution"] == attribution


def test_other_steps_do_not_ask_about_the_attribution(people):
    claim = newsroom.in_stage("review", people)
    shown = pages.text_of(pages.signed_in(people.checker).get(pages.address_of_step(claim, "send_back")))
    assert "attribution" not in shown


def test_the_page_names_what_the_statement_goes_on_saying(people):
    said = "The statement itself names Ingrid Sundqvist, Lindholm Herald"
    claim = _published(people, "INGRID SUNDQVIST told the Lindholm Herald that the tunnel leaks")
    client = pages.signed_in(people.editor)
    assert said in pages.text_of(client.get(pages.address_of_step(claim, "retract")))
    plain = newsroom.published(people, text="The Lindholm Heralds are a band")
    assert "The statement itself names" not in pages.text_of(client.get(pages.address_of_step(plain, "retract")))


def test_the_page_lists_the_translations_that_have_to_be_retracted_too(people):
    claim = _published(people)
    said = translations.begin(
        original=claim, language="tr", text="Tünel sızdırıyor", summary="Sızdırmıyor.", by=people.reporter, at=LATER
    )
    publish(
        newsroom.take(newsroom.translate(said, people.reporter), "start", people.reporter, at=LATER), people, at=LATER
    )
    shown = pages.text_of(pages.signed_in(people.editor).get(pages.address_of_step(claim, "retract")))
    assert "Each translation has an attribution of its own. Retract these, too:" in shown
    assert "Tünel sızdırıyor" in shown

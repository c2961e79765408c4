"""A translation is a claim of its own that never says anything else than its original."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Claim, PublishedClaim
from articles.selectors import translations
from articles.selectors.claims import progress
from articles.services import translations as service
from articles.services.claims import claims
from articles.services.errors import GuardsUnmetError
from articles.services.log import projection
from articles.services.verification.publishing import Correction
from lib.refusals import NotAllowedError, RefusedError
from tests import newsroom
from tests.newsroom import AT
from tests.readers.conftest import arabic, correct, full, page, publish, words

pytestmark = pytest.mark.django_db
RUSSIAN = {"language": "ru", "text": "Новый мост обошёлся в 12 миллионов", "summary": "Документы говорят другое."}


def begun(original: Claim, people, **fields) -> Claim:
    return service.begin(original=original, by=people.reporter, at=AT, **{**RUSSIAN, **fields})


def translated(original: Claim, people, **fields) -> Claim:
    """A published translation."""
    begun_one = newsroom.translate(begun(original, people, **fields), people.reporter)
    return publish(newsroom.take(begun_one, "start", people.reporter), people)


def unmet(claim: Claim) -> list[str]:
    return [item.key for item in progress.checklist(claim)]


# --- The desk --------------------------------------------------------------------------------------
def test_a_translation_begins_with_all_that_its_original_says(people):
    original = full(people)
    claim = begun(original, people)
    assert (claim.stage, claim.language, claim.translated_revision) == ("draft", "ru", 1)
    assert claim.claimant == original.claimant
    assert list(claim.evidence.values_list("source", "stance", "quote", "locator", "capture")) == list(
        original.evidence.values_list("source", "stance", "quote", "locator", "capture")
    )
    assert claim.appearances.get().exact == original.appearances.get().exact
    assert claim.replies.get().answer == original.replies.get().answer
    said = claim.verdicts.get()
    assert (said.rating, said.summary) == (original.verdicts.get().rating, RUSSIAN["summary"])
    assert said.explanation_html == original.verdicts.get().explanation_html
    assert unmet(claim) == ["translated"]
    [item] = progress.checklist(claim)
    assert item.text == "Still in the words of the original: the explanation, notes about evidence. Translate it."
    assert unmet(newsroom.translate(claim, people.reporter)) == []


def test_the_translator_cannot_approve_the_translation(people):
    claim = newsroom.translate(begun(newsroom.published(people), people), people.reporter)
    claim = newsroom.take(claim, "start", people.reporter)
    claim = newsroom.take(claim, "submit", people.reporter)
    with pytest.raises((GuardsUnmetError, NotAllowedError)):
        newsroom.take(claim, "approve", people.reporter)
    assert newsroom.take(claim, "approve", people.checker).stage == "approved"


@pytest.mark.parametrize("stage", ["draft", "checking", "review", "retracted", "dropped"])
def test_only_what_is_published_is_translated(people, stage):
    with pytest.raises(RefusedError, match="Only what is published"):
        begun(newsroom.in_stage(stage, people), people)
    assert not Claim.objects.filter(language="ru").exists()


def test_a_translation_is_not_translated_again(people):
    claim = translated(newsroom.published(people), people)
    with pytest.raises(RefusedError, match="Translate its original"):
        begun(claim, people, language="az", text="Yeni körpü")


def test_one_translation_a_language_and_none_into_its_own(people):
    original = newsroom.published(people)
    claim = begun(original, people)
    with pytest.raises(ValidationError, match="already"):
        begun(original, people)
    with pytest.raises(ValidationError, match="is in this language"):
        begun(original, people, language="en")
    newsroom.take(claim, "drop", people.reporter, comment="Begun by mistake.")
    assert begun(original, people).stage == "draft"


def test_the_database_keeps_to_one_translation_a_language(people):
    original = newsroom.published(people)
    begun(original, people)
    other = begun(original, people, language="az", text="Yeni körpü")
    with pytest.raises(IntegrityError, match="claim_is_translated_once"), transaction.atomic():
        Claim.objects.filter(pk=other.pk).update(language="ru", version=other.version + 1)


def test_a_translation_with_another_verdict_than_its_original_is_not_approved(people):
    claim = begun(newsroom.published(people), people)
    claim = newsroom.propose(newsroom.translate(claim, people.reporter), people.reporter, rating="false")
    assert "same_verdict" in unmet(claim)


def test_a_translation_into_the_originals_language_is_not_approved(people):
    claim = begun(newsroom.published(people), people)
    claim = claims.edit(claim=claim, by=people.reporter, at=AT, version=claim.version, language="en")
    assert unmet(claim) == ["another_language"]


def test_a_translation_of_an_old_revision_is_not_published_until_it_is_brought_up_to_date(people):
    original = full(people)
    claim = newsroom.take(newsroom.translate(begun(original, people), people.reporter), "start", people.reporter)
    claim = newsroom.take(claim, "submit", people.reporter)
    claim = newsroom.take(claim, "approve", people.checker)
    correct(original, people)
    with pytest.raises(GuardsUnmetError) as refused:
        newsroom.take(claim, "publish", people.editor)
    assert {item.key for item in refused.value.unmet} == {"newest_revision", "same_verdict"}
    claim = service.catch_up(claim=claim, by=people.reporter, at=AT, version=claim.version)
    assert unmet(claim) == ["same_verdict"]
    claim = newsroom.translate(newsroom.propose(claim, people.reporter, rating="misleading"), people.reporter)
    assert unmet(claim) == []
    step = next(step for step in progress.steps(claim, asker=people.editor) if step.transition.key == "publish")
    assert [item.key for item in step.unmet] == ["approval_fresh"]


def test_a_translation_of_a_retracted_claim_is_not_published(people):
    original = newsroom.published(people)
    claim = begun(original, people)
    newsroom.take(original, "retract", people.editor, comment="We misread the source.")
    assert unmet(claim) == ["original_stands"]
    with pytest.raises(RefusedError, match="not public any more"):
        service.catch_up(claim=claim, by=people.reporter, at=AT, version=claim.version)


def test_outdated_translations_are_listed_for_the_desk(people):
    original = full(people)
    claim = translated(original, people)
    translated(newsroom.published(people), people, language="az", text="Körpü")
    assert list(translations.behind()) == []
    correct(original, people)
    assert list(translations.behind()) == [claim]


def test_an_approval_is_bound_to_the_revision_that_is_translated(people):
    claim = newsroom.translate(begun(newsroom.published(people), people), people.reporter)
    claim = newsroom.take(claim, "start", people.reporter)
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    Claim.objects.filter(pk=claim.pk).update(translated_revision=2, version=claim.version + 1)
    assert not progress.facts(Claim.objects.get(pk=claim.pk)).approval_fresh


# --- The record and the readers ----------------------------------------------------------------------
def test_only_a_translations_record_has_the_key_translation_of(people):
    original = newsroom.published(people)
    claim = translated(original, people)
    document = newsroom.record_of(claim).document()
    face = PublishedClaim.objects.get(claim_id=original.pk)
    assert document["translation_of"] == {
        "id": str(original.pk),
        "slug": face.slug,
        "url": newsroom.record_of(original).document()["claim"]["url"],
        "text": original.text,
        "language": "en",
        "revision": 1,
    }
    assert document["verdict"]["rating"] == newsroom.record_of(original).document()["verdict"]["rating"]
    assert "translation_of" not in newsroom.record_of(original).document()
    newsroom.take(claim, "retract", people.editor, comment="A wrong word.")
    assert newsroom.record_of(claim).document()["translation_of"] == document["translation_of"]


def test_a_translations_record_has_the_recheck_day_of_its_original(people):
    claim = translated(newsroom.published(people, recheck_on=date(2027, 1, 1)), people)
    assert claim.recheck_on is None
    assert newsroom.record_of(claim).document()["recheck_on"] == "2027-01-01"


def test_published_rows_of_translations_are_rebuilt_from_the_log(people):
    claim = translated(newsroom.published(people), people)
    before = PublishedClaim.objects.filter(claim_id=claim.pk).values("original_id", "translated_revision").get()
    projection.rebuild()
    after = PublishedClaim.objects.filter(claim_id=claim.pk).values("original_id", "translated_revision").get()
    assert before == after == {"original_id": claim.translation_of_id, "translated_revision": 1}


def test_original_and_translation_link_to_each_other_with_hreflang(client, people):
    original = full(people)
    claim = translated(original, people)
    written = quote(claim.slug)
    here, there = f"/claims/{original.slug}/", f"/ru/claims/{written}/"
    for address in (here, there):
        document = page(client, address)
        told = {link.get("hreflang"): link.get("href") for link in document.xpath("//link[@hreflang]")}
        assert told["ru"].endswith(there)
        assert told["en"].endswith(here)
        assert told["x-default"].endswith(here)
        assert "az" not in told, "no translation, so nothing to send readers to"
    assert page(client, here).xpath("//nav[@class='in-languages']//a/@href") == [f"/claims/{written}/"]
    assert page(client, here).xpath("//nav[@class='languages']//a[@lang='ru']/@href") == [there]
    assert page(client, f"/claims/{claim.slug}/").xpath("//link[@hreflang]") == []
    notice = page(client, there).xpath("//*[@role='note']")[0]
    assert notice.xpath(".//a/@href") == [f"/ru/claims/{original.slug}/"]
    assert "old" not in notice.get("class")


def test_a_translation_says_when_its_original_has_a_newer_revision(client, people):
    original = full(people)
    claim = translated(original, people)
    kept = client.get(f"/claims/{claim.slug}/")["ETag"]
    correct(original, people)
    notice = page(client, f"/claims/{claim.slug}/").xpath("//*[@role='note']")[0]
    assert "The original was corrected on 5 March 2026. This is a translation of version 1" in words(notice)
    assert "old" in notice.get("class")
    assert client.get(f"/claims/{claim.slug}/")["ETag"] != kept
    russian = words(page(client, f"/ru/claims/{claim.slug}/").xpath("//*[@role='note']")[0])
    assert "Оригинал исправлен: 5 марта 2026" in russian


def test_a_translation_says_that_its_original_was_corrected_after_a_later_update_too(client, people):
    original = full(people)
    claim = translated(original, people)
    original = newsroom.take(correct(original, people), "recheck", people.editor)
    original = newsroom.propose(original, people.reporter, rating="misleading", summary="It was the budget. More came.")
    publish(original, people, at=AT + timedelta(days=9))
    notice = words(page(client, f"/claims/{claim.slug}/").xpath("//*[@role='note']")[0])
    assert "The original was corrected on 5 March 2026." in notice
    assert "the original is now at version 3" in notice


def test_a_translation_says_that_its_original_was_retracted(client, people):
    original = newsroom.published(people)
    claim = translated(original, people)
    newsroom.take(original, "retract", people.editor, comment="We misread the source.")
    notice = words(page(client, f"/claims/{claim.slug}/").xpath("//*[@role='note']")[0])
    assert "The original of this translation was retracted on 2 March 2026" in notice
    assert client.get(f"/claims/{original.slug}/").status_code == 200


def test_a_translation_that_was_brought_up_to_date_shows_no_notice(client, people):
    original = full(people)
    claim = translated(original, people)
    correct(original, people)
    claim = newsroom.take(claim, "recheck", people.editor)
    claim = service.catch_up(claim=claim, by=people.reporter, at=AT, version=claim.version)
    claim = newsroom.propose(claim, people.reporter, rating="misleading", summary="Это был бюджет.")
    claim = newsroom.translate(claim, people.reporter)
    publish(claim, people, correction=Correction("verdict", "Как и в оригинале."), at=AT + timedelta(days=4))
    assert "old" not in page(client, f"/claims/{claim.slug}/").xpath("//*[@role='note']")[0].get("class")


def test_an_article_page_counts_a_claim_and_its_translations_once(client, people):
    original = full(people)
    translated(original, people)
    translated(original, people, language="az", text="Yeni körpünün qiyməti")
    article = page(client, "/articles/a-bridge-for-lindholm/")
    assert len(article.xpath("//ol[@class='passages']/li//a")) == 1
    assert article.xpath("//table[@class='balance']//td/text()") == ["1"]
    assert len(page(client, "/").xpath("//article[@class='card']")) == 1
    assert len(page(client, "/claims/").xpath("//article[@class='card']")) == 1
    assert len(page(client, "/claims/?language=az").xpath("//article[@class='card']")) == 1
    assert len(page(client, "/claimants/ingrid-sundqvist/").xpath("//article[@class='card']")) == 1


# --- Search ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "text", "found_by"),
    [
        ("ru", "Новые мосты обошлись городу в миллионы", "мост город"),
        ("hy", "Քաղաքի կամուրջները թանկ են", "քաղաք"),
        ("tr", "Belediye köprüleri onardı", "köprü"),
        ("ar", "تكلفة الجسور الجديدة مرتفعة", "جسور"),
        ("az", "Yeni körpü bahalı başa gəldi", "körpü"),
    ],
)
def test_a_claim_is_found_by_the_words_of_its_own_language(client, people, language, text, found_by):
    newsroom.published(people, text=text, language=language)
    newsroom.published(people)
    cards = page(client, f"/{language}/claims/?q={found_by}").xpath("//article[@class='card']")
    assert [words(card.xpath(".//p[@class='said']/q")[0]) for card in cards] == [text]


def test_an_arabic_claim_can_be_translated(client, people):
    claim = translated(arabic(people), people)
    assert page(client, f"/claims/{claim.slug}/").xpath("//*[@role='note']//a/@dir") == ["rtl"]

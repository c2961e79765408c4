"""Pages of topics, claimants, sources and articles are named by the records that touch them, and by no other."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from articles.choices import MergeKind
from articles.models import Claim, PublishedChange, PublishedClaimant
from articles.selectors.readers import published
from articles.selectors.readers.state import published_state
from articles.services import translations
from articles.services.claims import claims
from articles.services.library import merging
from articles.services.log import changes
from articles.services.verification.publishing import Correction
from caching import keys
from tests import newsroom
from tests.readers.conftest import AT, LATER, correct, full, publish

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

LISTS = (
    "/topics/Transport/",
    "/claimants/ingrid-sundqvist/",
    "/sources/final-accounts-2019/",
    "/articles/a-bridge-for-lindholm/",
)


def names(client: Client, *addresses: str) -> dict[str, str]:
    answers = {address: client.get(address) for address in addresses or LISTS}
    assert all(answer.status_code == 200 for answer in answers.values()), answers
    return {address: answer.headers["ETag"] for address, answer in answers.items()}


def test_a_publication_elsewhere_leaves_them_as_they_are(client: Client, people: SimpleNamespace) -> None:
    full(people)
    before, front = names(client, *LISTS[:3]), names(client, "/claims/")
    newsroom.published(people, text="The tide rose by two metres", topics=["Sea"])
    assert names(client, *LISTS[:3]) == before
    assert names(client, "/claims/") != front


def test_a_correction_names_them_anew(client: Client, people: SimpleNamespace) -> None:
    claim = full(people)
    before = names(client)
    correct(claim, people)
    after = names(client)
    assert all(after[address] != before[address] for address in LISTS)


def test_a_topic_that_a_correction_takes_away_is_named_anew(client: Client, people: SimpleNamespace) -> None:
    stays = newsroom.published(people, text="The tide rose by two metres", topics=["Transport"])
    claim = full(people)
    before = names(client, "/topics/Transport/")
    claim = newsroom.take(claim, "recheck", people.editor, at=LATER)
    claim = claims.edit(claim=claim, by=people.reporter, at=LATER, version=claim.version, topics=["Bridges"])
    publish(claim, people, correction=Correction("minor", "This is no matter of transport."), at=LATER)
    assert names(client, "/topics/Transport/") != before
    page = client.get("/topics/Transport/").content.decode()
    assert stays.text in page
    assert claim.text not in page


def test_a_retraction_names_them_anew(client: Client, people: SimpleNamespace) -> None:
    newsroom.published(people, text="The tide rose by two metres", topics=["Transport"])
    claim = full(people)
    before = names(client, "/topics/Transport/")
    newsroom.take(Claim.objects.get(pk=claim.pk), "retract", people.editor, comment="We were wrong.")
    assert names(client, "/topics/Transport/") != before


def test_a_translation_names_the_lists_of_its_original_anew(client: Client, people: SimpleNamespace) -> None:
    newsroom.published(people, text="Der Deich ist höher", language="ru", topics=["Dykes"])
    original = full(people)
    before = names(client)
    words = {"language": "ru", "text": "Новый мост обошёлся в 12 миллионов", "summary": "Документы говорят другое."}
    begun = translations.begin(original=original, by=people.reporter, at=AT, **words)
    publish(newsroom.take(newsroom.translate(begun, people.reporter), "start", people.reporter), people)
    after = names(client)
    assert all(after[address] != before[address] for address in LISTS)


def test_the_first_claim_in_a_language_names_every_list_anew(client: Client, people: SimpleNamespace) -> None:
    full(people)
    before = names(client)
    newsroom.published(people, text="Прилив поднялся на два метра", language="ru", topics=["Sea"])
    first = names(client)
    assert all(first[address] != before[address] for address in LISTS)
    newsroom.published(people, text="Дамба стала выше", language="ru", topics=["Sea"])
    assert names(client, *LISTS[:3]) == {address: first[address] for address in LISTS[:3]}


IN_ENGLISH = ("/claims/", "/claims/?rating=false", "/claims/?language=en&topic=Sea")
#: Claims in other languages stand on the first and on none of the others; the last names no language.
IN_ANY_LANGUAGE = ("/ru/claims/", "/claims/?q=tide", "/claims/?language=*", "/claims/?rating=true")


@pytest.fixture
def many(people: SimpleNamespace) -> Claim:
    """More claims in English than a page has, one of them returned; and one in Russian."""
    for number in range(published.PAGE_SIZE + 1):
        claim = newsroom.published(people, text=f"The tide rose by {number} metres", topics=["Sea"], rating="false")
    newsroom.published(people, text="Прилив поднялся на два метра", language="ru")
    return claim


def test_lists_in_one_language_are_named_by_the_claims_in_it(
    client: Client, people: SimpleNamespace, many: Claim
) -> None:
    before, others = names(client, *IN_ENGLISH), names(client, *IN_ANY_LANGUAGE)
    newsroom.published(people, text="Дамба стала выше", language="ru", topics=["Sea"])
    assert names(client, *IN_ENGLISH) == before
    assert not set(names(client, *IN_ANY_LANGUAGE).values()) & set(others.values())
    correct(many, people)
    assert not set(names(client, *IN_ENGLISH).values()) & set(before.values())


def test_lists_in_one_language_have_the_keys_of_that_language(
    client: Client, people: SimpleNamespace, many: Claim, settings: Any
) -> None:
    settings.CACHE_KEY_HEADERS = ["xkey"]
    found = {address: client.get(address).headers["xkey"] for address in (*IN_ENGLISH, *IN_ANY_LANGUAGE)}
    assert {found[address] for address in IN_ENGLISH} == {f"{keys.lists_in('en')} {keys.SITE}"}
    assert {found[address] for address in IN_ANY_LANGUAGE} == {f"{keys.LISTS} {keys.SITE}"}


def test_a_claimant_with_a_new_name_names_lists_in_every_language_anew(
    client: Client, people: SimpleNamespace, many: Claim
) -> None:
    claim = full(people)
    before = names(client, *IN_ENGLISH)
    PublishedClaimant.objects.filter(pk=claim.claimant_id).update(document={"name": "Another name"})
    foreign = newsroom.published(people, text="Дамба стала выше", language="ru", claimant=claim.claimant)
    assert foreign.claimant_id == claim.claimant_id
    assert not set(names(client, *IN_ENGLISH).values()) & set(before.values())


def test_a_merge_names_them_anew(client: Client, people: SimpleNamespace) -> None:
    full(people)
    before = names(client, "/topics/Transport/")
    merging.lead_on(MergeKind.TOPIC, "Transports", "Transport", at=AT + timedelta(days=1))
    assert names(client, "/topics/Transport/") != before


def test_a_record_that_was_not_noted_counts_as_a_change_of_everything(client: Client, people: SimpleNamespace) -> None:
    full(people)
    address, look = "/topics/Transport/", published_state.look(None)
    state, before = look.state, names(client, "/topics/Transport/")
    newsroom.published(people, text="The tide rose by two metres", topics=["Sea"])
    PublishedChange.objects.filter(seq__gt=state.seq).delete()  # as an older version leaves it
    missed = names(client, address)
    assert missed != before
    assert not published_state.look(look).is_unchanged(state, [keys.topic("Transport")])
    newsroom.published(people, text="The dyke is higher", topics=["Sea"])
    assert names(client, address) not in (before, missed)


def test_numbers_of_changes_are_replaced(people: SimpleNamespace) -> None:
    changes.note([keys.topic("a"), keys.topic("b"), keys.topic("a")], seq=3)
    changes.note([keys.topic("a")], seq=5)
    found: dict[Any, Any] = dict(PublishedChange.objects.values_list("key", "seq"))
    assert found == {keys.topic("a"): 5, keys.topic("b"): 3, keys.SITE: 5}

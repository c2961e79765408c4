"""From a change to the caches: purges are written with it, sent by the job, and tried again."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.choices import MergeKind
from articles.models import Claim
from articles.services import translations
from articles.services.library import merging
from articles.services.newsroom import pages
from caching import keys, purgers, purging
from caching.models import Purge
from caching.purgers import PurgeError
from jobs import selectors
from tests import newsroom
from tests.caching import caches
from tests.caching.caches import Cache
from tests.readers.conftest import AT, correct, full, publish

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture
def cache(settings: Any) -> Iterator[Cache]:
    with caches.running() as running:
        settings.PURGE_KIND, settings.PURGE_URL, settings.PURGE_TOKEN = "varnish", [running.url], ""
        settings.CACHE_KEY_HEADERS = ["xkey"]
        yield running


def purged(cache: Cache) -> set[str]:
    return {key for _method, _path, headers, _body in cache.asked for key in headers["xkey-purge"].split()}


def send(**after: float) -> str:
    return purging.send_due(at=timezone.now() + timedelta(**after), purger=purgers.from_settings())


def waiting_keys() -> set[str]:
    return {key for purge in Purge.objects.all() for key in purge.keys}


def shown_keys(client: Any, address: str) -> set[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return set(answer.headers["xkey"].split())


def test_every_page_that_shows_a_claim_is_purged_when_it_is_corrected(
    cache: Cache, client: Any, people: SimpleNamespace
) -> None:
    claim = full(people)
    Purge.objects.all().delete()
    correct(claim, people)
    assert not cache.asked
    send()
    found = purged(cache)
    assert keys.claim(claim.pk) in found
    of_the_claim = ["/claims/{}/", "/az/claims/{}/", "/claims/{}/r1/", "/claims/{}/history/", "/claims/{}/card.png"]
    of_the_claim += ["/embed/{}/", "/oembed?url=http://127.0.0.1:8000/claims/{}/"]
    for address in of_the_claim:
        assert keys.claim(claim.pk) in shown_keys(client, address.format(claim.slug)), address
    others = ["/", "/claims/", "/corrections/", "/feeds/claims.atom", "/feeds/corrections.json", "/sitemap.xml"]
    others += ["/articles/a-bridge-for-lindholm/", "/claimants/ingrid-sundqvist/", "/sources/final-accounts-2019/"]
    others += ["/topics/Transport/", "/topics/Transport/feed.atom", f"/api/v1/claims/{claim.pk}/", "/api/v1/changes/"]
    for address in others:
        assert (shown_keys(client, address) - {keys.SITE}) & found, address


def test_a_retraction_purges_the_pages_that_the_last_record_was_on(cache: Cache, people: SimpleNamespace) -> None:
    claim = full(people)
    Purge.objects.all().delete()
    newsroom.take(Claim.objects.get(pk=claim.pk), "retract", people.editor, comment="We were wrong.")
    assert {keys.claim(claim.pk), keys.claimant(claim.claimant_id), keys.topic("Transport")} <= waiting_keys()


def test_an_unrelated_claim_keeps_its_pages(cache: Cache, people: SimpleNamespace) -> None:
    other = newsroom.published(people)
    Purge.objects.all().delete()
    full(people)
    assert keys.claim(other.pk) not in waiting_keys()
    assert keys.SITE not in waiting_keys()


def test_a_translation_purges_the_pages_that_link_to_it(cache: Cache, client: Any, people: SimpleNamespace) -> None:
    original = full(people)
    Purge.objects.all().delete()
    words = {"language": "ru", "text": "Новый мост обошёлся в 12 миллионов", "summary": "Документы говорят другое."}
    begun = translations.begin(original=original, by=people.reporter, at=AT, **words)
    translated = publish(newsroom.take(newsroom.translate(begun, people.reporter), "start", people.reporter), people)
    both = {keys.claim(original.pk), keys.claim(translated.pk)}
    assert both <= waiting_keys()
    for slug in (original.slug, translated.slug):
        assert both <= shown_keys(client, f"/claims/{slug}/")


def test_a_merge_purges_both_rows_and_all_lists(cache: Cache, people: SimpleNamespace) -> None:
    full(people)
    Purge.objects.all().delete()
    merging.lead_on(MergeKind.TOPIC, "Transports", "Transport", at=AT)
    lists = {keys.LISTS, keys.FEEDS, keys.lists_in("en")}
    assert waiting_keys() == {keys.topic("Transports"), keys.topic("Transport"), *lists}


def test_a_page_about_us_purges_what_links_to_it(cache: Cache, client: Any, people: SimpleNamespace) -> None:
    page = pages.write(
        key="about", language="en", title="About us", body_html="<p>We check.</p>", by=people.editor, at=AT
    )
    assert not waiting_keys()
    pages.publish(page=page, by=people.editor, at=AT, version=page.version, note="First edition")
    assert waiting_keys() == {keys.NEWSROOM}
    for address in ("/about/", "/about/history/", "/", "/trust/", "/sitemaps/pages.xml"):
        assert keys.NEWSROOM in shown_keys(client, address), address


def test_a_purge_is_undone_with_its_change(cache: Cache) -> None:
    with transaction.atomic():
        purging.purge(["claim-1"], at=AT)
        transaction.set_rollback(True)
    assert not Purge.objects.exists()


def test_a_commit_wakes_the_job(cache: Cache, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        purging.purge(["claim-1"], at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [purging.PURGE_CACHES])
        assert cursor.fetchone() == (1,)
    assert not cache.asked, "the publishing request sends nothing itself"


def test_without_a_cache_nothing_is_written(people: SimpleNamespace, client: Any) -> None:
    claim = newsroom.published(people)
    assert not Purge.objects.exists()
    assert "xkey" not in client.get(f"/claims/{claim.slug}/").headers


def test_a_purge_is_sent_twice_and_then_deleted(cache: Cache) -> None:
    purging.purge(["claim-1"], at=AT)
    send()
    assert send() == "Nothing to purge", "the second sending waits"
    send(seconds=60)
    assert (len(cache.asked), Purge.objects.count()) == (2, 0)


def test_waiting_purges_are_sent_together(cache: Cache) -> None:
    for _ in range(3):
        purging.purge(["claim-1", "lists"], at=AT)
    assert send() == "2 keys purged"
    assert len(cache.asked) == 1


def test_a_cache_that_is_away_is_asked_again_and_reported(cache: Cache) -> None:
    cache.status = 503
    purging.purge(["claim-1"], at=AT)
    assert send() == "1 to try again: The cache answered 503."
    assert selectors.backlog()["purges"].waiting == 1
    send(hours=1)
    with pytest.raises(PurgeError):
        send(hours=2)
    cache.status = 200
    assert send(hours=3) == "1 keys purged"
    assert selectors.backlog()["purges"].waiting == 0


def test_a_purge_that_fails_to_the_end_is_counted_as_failed(cache: Cache) -> None:
    cache.status = 503
    purging.purge(["claim-1"], at=AT)
    for attempt in range(len(purging.WAITS) + 1):
        try:
            send(hours=attempt * 2)
        except PurgeError:
            continue
    assert selectors.backlog()["purges"].failed == 1
    assert send(days=9) == "Nothing to purge"
    assert purging.prune(at=timezone.now() + timedelta(days=31), keep=timedelta(days=30)) == 1


def test_the_command_purges_at_once(cache: Cache, settings: Any) -> None:
    call_command("purge_cache", verbosity=0)
    call_command("purge_cache", "lists", "feeds", verbosity=0)
    assert [headers["xkey-purge"] for _method, _path, headers, _body in cache.asked] == ["site", "lists feeds"]
    settings.PURGE_KIND = ""
    with pytest.raises(CommandError, match="PURGE_KIND"):
        call_command("purge_cache")


def test_publishing_sends_nothing_to_a_cache_itself(cache: Cache, people: SimpleNamespace) -> None:
    newsroom.published(people)
    assert (cache.asked, Purge.objects.count()) == ([], 1)

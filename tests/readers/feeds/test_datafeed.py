"""The ClaimReview DataFeed: the same reviews as on the pages, and the withdrawals."""

import gzip
import json

import pytest

from articles.selectors.readers import export
from tests import newsroom
from tests.readers.conftest import full

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
ADDRESS = "/feeds/claimreview.json"


def _read(client, **headers):
    response = client.get(ADDRESS, headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/ld+json"
    return response, b"".join(response.streaming_content)


def test_the_datafeed_lists_reviews_and_deletions_of_retracted_ones(client, people, settings):
    settings.FEED_LICENSE = "https://licence.example/by"
    _response, empty = _read(client)
    assert json.loads(empty)["dataFeedElement"] == []
    standing, withdrawn = full(people), newsroom.published(people)
    newsroom.take(withdrawn, "retract", people.editor, comment="We misread it.")

    _response, body = _read(client)
    feed = json.loads(body)
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    assert feed["license"] == "https://licence.example/by"
    kept, gone = feed["dataFeedElement"]
    page = client.get(f"/claims/{standing.slug}/").content.decode()
    on_page = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    [review] = kept["item"]
    assert review.pop("sdLicense") == "https://licence.example/by"
    assert review.pop("sdPublisher") == on_page["author"]
    assert review.pop("sdDatePublished") == on_page["dateModified"][:10]
    assert {"@context": "https://schema.org", **review} == on_page
    assert kept["url"] == on_page["url"]
    assert "dateDeleted" not in kept
    assert gone["item"] == []
    assert gone["dateDeleted"] == gone["dateModified"] == feed["dateModified"]
    assert gone["url"].endswith(f"/claims/{withdrawn.slug}/")


def test_the_datafeed_answers_304_and_gzip(client, people):
    full(people)
    response, body = _read(client)
    again = client.get(ADDRESS, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    packed, bytes_ = _read(client, **{"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] != response["ETag"]
    assert gzip.decompress(bytes_) == body
    assert client.head(ADDRESS)["ETag"] == response["ETag"]


def test_more_datafeed_requests_than_allowed_at_once_get_retry_after(client, settings):
    stacks = [export.open_snapshot()[1] for _ in range(settings.EXPORTS_AT_ONCE - 1)]
    try:
        response = client.get(ADDRESS)
        assert response.status_code == 503
        assert response["Cache-Control"] == "no-store", "no shared cache tells the next reader"
        assert response["Retry-After"] == "20"
    finally:
        for stack in stacks:
            stack.close()
    _read(client)

"""Google's own client for Python, pointed at this site: nothing but the host is another."""

from types import SimpleNamespace
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests import newsroom

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def _texts(answer: dict[str, Any]) -> list[str]:
    return [claim["text"] for claim in answer.get("claims", [])]


def test_googles_api_client_finds_claims_on_this_site(people: SimpleNamespace, live_server: Any, settings: Any) -> None:
    settings.SITE_URL = "https://www.herald.example"
    for number in range(3):
        newsroom.published(people, text=f"Ferry number {number} sank")
    newsroom.published(people, text="A balsa afundou", language="pt")
    service = build(
        "factchecktools",
        "v1alpha1",
        static_discovery=True,
        developerKey="AIzaSyA-key-of-Googles",
        client_options={"api_endpoint": live_server.url},
    )
    search = service.claims()

    request, pages = search.search(query="ferry sank", pageSize=2), []
    while request is not None:
        pages.append(answer := request.execute())
        request = search.search_next(request, answer)
    assert [len(_texts(page)) for page in pages] == [2, 1]
    assert sorted(_texts(pages[0]) + _texts(pages[1])) == [f"Ferry number {n} sank" for n in range(3)]

    assert _texts(search.search(reviewPublisherSiteFilter="herald.example", languageCode="pt-BR").execute()) == [
        "A balsa afundou"
    ]
    assert search.search(reviewPublisherSiteFilter="nytimes.com").execute() == {}
    assert search.search(query="ferry", maxAgeDays=1).execute() == {}
    assert len(_texts(search.search(query="ferry", maxAgeDays=10_000, offset=1).execute())) == 2
    assert search.search(query="number 1", fields="claims/text").execute() == {
        "claims": [{"text": "Ferry number 1 sank"}]
    }

    with pytest.raises(HttpError) as refused:
        search.search(languageCode="en").execute()
    assert refused.value.status_code == 400
    assert "Give a query" in refused.value.reason
    assert refused.value.error_details[1]["fieldViolations"][0]["field"] == "query"
    with pytest.raises(HttpError) as absent:
        search.imageSearch(imageUri="https://herald.example/a.png").execute()
    assert absent.value.status_code == 404
    assert "image" in absent.value.reason

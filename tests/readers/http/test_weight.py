"""What a claim's page weighs on its way to a phone, and that nothing of it comes from elsewhere or holds it up."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.readers.conftest import correct, full, page

pytestmark = pytest.mark.django_db

#: Kilobytes of 1,024: page, style sheet, script and icon together.
MOST = 60


def files(document):
    """The addresses of all that a browser fetches for a page."""
    links = document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")
    return [*links, *document.xpath("//script/@src"), *document.xpath("//img/@src")]


def test_a_claim_page_stays_below_its_size_budget(client, people):
    claim = correct(full(people, rows=10), people)
    address = reverse("readers:claim", args=[claim.slug])
    parts = {"page": len(client.get(address).content)}  # a proxy may compress it, we do not
    for file in files(page(client, address)):
        parts[file] = len(gzip.compress(Path(finders.find(file.removeprefix("/static/"))).read_bytes()))
    assert len(parts) >= 4
    assert sum(parts.values()) <= MOST * 1024, parts


@pytest.mark.parametrize("kind", ["claim", "history"])
def test_pages_load_nothing_from_other_hosts_and_no_blocking_script(client, people, kind):
    claim = correct(full(people), people)
    for address in (reverse(f"readers:{kind}", args=[claim.slug]), "/claims/?q=bridge", "/"):
        document = page(client, address)
        assert [file for file in files(document) if not file.startswith("/static/")] == []
        blocking = "//script[@src and not(@type='module') and not(@defer) and not(@async)]"
        assert document.xpath(blocking) == []
        assert document.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []
        assert document.xpath("//img[not(@width) or not(@height)]") == []

"""Every language in a real browser: accessible by axe's rules and no wider than a phone, light and dark by turns."""

from typing import Any

import pytest
from django.urls import reverse

from tests.browsers import chromium
from tests.readers.conftest import arabic, correct, full
from tests.readers.http.test_browser import SCHEMES, Visitor
from tests.readers.http.test_languages import PREFIXED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def test_each_language_is_accessible_and_fits_a_phone(people: Any, live_server: Any) -> None:
    claim, other = correct(full(people), people), arabic(people)
    paths = ["/methodology/", "/claims/", reverse("readers:claim", args=[claim.slug])]
    paths.append(reverse("readers:claim", args=[other.slug]))
    found: list[str] = []
    with chromium() as browser:
        visitor = Visitor(browser, viewport={"width": 360, "height": 740})
        for number, language in enumerate(PREFIXED):
            for turn, path in enumerate(paths):
                scheme = SCHEMES[(number + turn) % 2]
                address = f"{live_server.url}/{language}{path}"
                found += visitor.go(address, scheme)
                visitor.page.click(".masthead details summary")
                if (width := visitor.width()) > 360:
                    found.append(f"{address}: {width} pixels wide")
                if turn == number % len(paths):  # ``make walk`` asks axe about every page in each language
                    found += [f"{address} {scheme}: {violation}" for violation in visitor.violations()]
    assert found == []

"""Every language in a real browser: accessible by axe's rules and no wider than a phone, light and dark by turns."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.articles.public.conftest import arabic, correct, full
from tests.articles.public.test_browser import _browser, _visit
from tests.articles.public.test_languages import PREFIXED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
SCHEMES: tuple[Any, ...] = ("light", "dark")


def test_each_language_is_accessible_and_fits_a_phone(people: Any, live_server: Any) -> None:
    claim, other = correct(full(people), people), arabic(people)
    paths = ["/methodology/", "/claims/", reverse("public:claim", args=[claim.slug])]
    paths.append(reverse("public:claim", args=[other.slug]))
    found: list[str] = []
    for browser in _browser():
        for number, language in enumerate(PREFIXED):
            for turn, path in enumerate(paths):
                scheme = SCHEMES[(number + turn) % 2]
                page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
                address = f"{live_server.url}/{language}{path}"
                found += [f"{address}: {complaint}" for complaint in _visit(page, address)]
                page.click(".languages summary")
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > 360:
                    found.append(f"{address}: {width} pixels wide")
                for violation in Axe().run(page).response["violations"]:
                    where = [node["target"] for node in violation["nodes"]][:3]
                    found.append(f"{address} {scheme}: {violation['id']} {where}")
                page.close()
    assert found == []

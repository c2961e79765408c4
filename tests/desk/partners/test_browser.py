"""The pages about partners in a real browser: nothing sticks out, on a telephone or in the dark."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Delivery
from partners.services import deliveries, endpoints
from tests.desk.browser import sign_in
from tests.partners import hooks, newsrooms

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "readers"]),
]


@pytest.fixture
def pages(people):
    """A partner with keys, an endpoint with a long address that was disabled, and an attempt with a long answer."""
    key, _ = newsrooms.key("read", "submit", "webhooks", rate="60/min")
    endpoint = hooks.endpoint("https://hooks.herald.example/" + "incoming/" * 12, partner=key.partner)
    hooks.publish(1)
    delivery = deliveries.take(Delivery.objects.get())
    deliveries.record(delivery, deliveries.Outcome(503, "refused", "Come back later. " * 29, "", 812))
    endpoints.disable(endpoint=endpoint, reason="It answered 410 Gone.", at=timezone.now(), tell=True)
    rows = [("partner", key.partner), ("endpoint", endpoint), ("delivery", delivery)]
    lists = [reverse(f"admin:partners_{name}_changelist") for name, _ in rows]
    return [*lists, *(reverse(f"admin:partners_{name}_change", args=[row.pk]) for name, row in rows)]


def test_nothing_sticks_out_and_no_script_is_refused(pages, live_server, chrome):
    complaints: list[str] = []
    for scheme, width in (("light", 400), ("dark", 1280)):
        context = chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        sign_in(page.context, "administrator")
        page.goto(f"{live_server.url}/admin/")
        page.wait_for_url(f"{live_server.url}/admin/")
        for address in pages:
            page.goto(live_server.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} {scheme}"
        context.close()
    assert complaints == []

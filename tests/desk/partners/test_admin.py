"""Endpoints and the delivery log in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.choices import DeliveryState, EndpointState
from partners.models import Delivery, Endpoint
from partners.services import endpoints, signing
from tests.lib.safehttp.receivers import hang, receiver
from tests.partners import hooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, people):
    client.force_login(people.administrator)
    return client


@pytest.fixture
def _here(settings):
    settings.OUTBOUND_ALLOW_LOOPBACK = True


def page(endpoint, act):
    return reverse(f"admin:partners_endpoint_{act}", args=[endpoint.pk])


def change_page(endpoint):
    return reverse("admin:partners_endpoint_change", args=[endpoint.pk])


def test_adding_one_shows_its_secret_once(administrator):
    answer = administrator.post(
        reverse("admin:partners_endpoint_add"),
        {
            "partner": hooks.partner().pk,
            "url": "https://news.example/hook",
            "description": "",
            "event_types": ["retracted", "corrected"],
        },
    )
    endpoint = Endpoint.objects.get()
    secret = signing.unseal(endpoint.secrets.get().sealed)
    assert endpoint.event_types == ["corrected", "retracted"]
    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert secret not in administrator.get(change_page(endpoint)).content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/",
        "https://10.0.0.1/",
        "https://127.1/",
        "https://a@news.example/",
        "hook",
        "https://[::1",
        "",
    ],
)
def test_an_address_nothing_is_sent_to(administrator, url):
    answer = administrator.post(
        reverse("admin:partners_endpoint_add"), {"partner": hooks.partner().pk, "url": url, "event_types": ["ping"]}
    )
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not Endpoint.objects.exists()


def test_the_same_address_twice_is_an_error_in_the_form(administrator):
    endpoint = hooks.endpoint()
    values = {"partner": endpoint.partner_id, "url": endpoint.url}
    answer = administrator.post(reverse("admin:partners_endpoint_add"), values)
    assert answer.status_code == 200
    assert Endpoint.objects.count() == 1


def test_changing_one(administrator):
    endpoint = hooks.endpoint()
    values = {"url": "https://news.example/new", "description": "Newer", "event_types": []}
    assert administrator.post(change_page(endpoint), values).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.description, endpoint.event_types) == ("https://news.example/new", "Newer", [])


def test_the_list_counts_what_waits_without_reading_what_was_delivered(administrator):
    busy, idle = hooks.endpoint(), hooks.endpoint(event_types=["retracted"])
    for seq in range(1, 3):
        hooks.publish(seq)
    done = {"state": DeliveryState.DELIVERED, "next_at": timezone.now(), "done_at": timezone.now()}
    event = Delivery.objects.latest("pk").event
    Delivery.objects.bulk_create(Delivery(endpoint=busy, event=event, **done) for _ in range(5_000))
    with CaptureQueriesContext(connection) as queries:
        page = administrator.get(reverse("admin:partners_endpoint_changelist"))
    assert {row.pk: row.n_waiting for row in page.context["cl"].result_list} == {busy.pk: 2, idle.pk: 0}
    [listed] = [query["sql"] for query in queries if "n_waiting" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Delivery._meta.db_table}")  # the planner knows now how many were delivered
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {listed}")
        [[plan]] = cursor.fetchone()
    assert 2 <= rows_read(plan["Plan"], Delivery._meta.db_table) <= 10, plan


def rows_read(node: dict, table: str) -> float:
    """How many rows of a table this part of an executed plan read, whether it kept them or not."""
    below = sum(rows_read(part, table) for part in node.get("Plans", ()))
    if node.get("Relation Name") != table:
        return below
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return below + (node["Actual Rows"] + dropped) * node["Actual Loops"]


def test_pausing_resuming_disabling(administrator):
    endpoint = hooks.endpoint()
    for act, state in (("pause", "paused"), ("resume", "active"), ("disable", "disabled"), ("pause", "disabled")):
        assert administrator.get(page(endpoint, act)).status_code in (200, 302)
        administrator.post(page(endpoint, act))
        endpoint.refresh_from_db()
        assert endpoint.state == state
        assert administrator.get(change_page(endpoint)).status_code == 200


def test_an_endpoint_is_deleted_after_a_question(administrator):
    endpoint = hooks.endpoint()
    hooks.publish(1)
    asked = administrator.get(page(endpoint, "remove"))
    assert "What waits is not sent" in asked.content.decode()
    assert Endpoint.objects.exists()
    answer = administrator.post(page(endpoint, "remove"), follow=True)
    assert "The endpoint was deleted." in answer.content.decode()
    assert "Removed" in answer.content.decode(), "the partner's history keeps it"
    assert not Endpoint.objects.exists()
    assert administrator.post(page(endpoint, "remove")).status_code == 404


def test_topics_and_languages_are_chosen_in_the_form(administrator):
    endpoint = hooks.endpoint()
    form = {"url": endpoint.url, "description": "", "topics": "Transport, Travel", "languages": "en,pt-BR"}
    answer = administrator.post(change_page(endpoint), form | {"seen_version": endpoint.version})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    endpoint.refresh_from_db()
    assert (endpoint.topics, endpoint.languages) == (["Transport", "Travel"], ["en", "pt-BR"])
    wrong = administrator.post(change_page(endpoint), form | {"languages": "no tag", "seen_version": endpoint.version})
    assert "is no language tag" in wrong.content.decode()
    form |= {"topics": "", "languages": "", "seen_version": endpoint.version}
    administrator.post(change_page(endpoint), form)
    endpoint.refresh_from_db()
    assert (endpoint.topics, endpoint.languages) == ([], [])


def test_a_new_secret_is_shown_and_the_old_one_ends_tomorrow(administrator):
    endpoint = hooks.endpoint()
    answer = administrator.post(page(endpoint, "rotate"))
    new, old = endpoint.secrets.order_by("-pk")
    assert signing.unseal(new.sealed) in answer.content.decode()
    assert old.expires_at > timezone.now()


@pytest.mark.usefixtures("_here")
def test_a_test_event_shows_what_came_back(administrator, settings):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.5
    inbox = hooks.Inbox(200, 500)
    with receiver(inbox) as there:
        endpoint = hooks.endpoint(there.url)
        endpoints.disable(endpoint=endpoint, reason="Not tried out yet.", at=timezone.now())
        assert "It answered 200" in administrator.post(page(endpoint, "test")).content.decode()
        assert "It answered 500" in administrator.post(page(endpoint, "test")).content.decode()
    with receiver(hang) as there:
        Endpoint.objects.update(url=there.url)
        assert "no whole answer in time" in administrator.post(page(endpoint, "test")).content.decode()
    assert [body[:20] for _, body in inbox.messages] == [b'{"data":{"endpoint":'] * 2
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["delivered", "dead", "dead"]
    assert Endpoint.objects.get().consecutive_failures == 0


def test_an_inside_address_is_not_even_tried(administrator):
    with receiver(hooks.Inbox()) as there:
        endpoint = hooks.endpoint(there.url)
        answer = administrator.post(page(endpoint, "test"))
        assert there.connections == 0
    assert "Not accepted" in answer.content.decode()


def test_replaying_says_how_many_first(administrator):
    endpoint = hooks.endpoint()
    for seq in (1, 2, 3):
        hooks.publish(seq)
    Delivery.objects.update(state=DeliveryState.DELIVERED, done_at=timezone.now())
    assert administrator.get(page(endpoint, "replay")).status_code == 200
    asked = administrator.post(page(endpoint, "replay"), {"first": 2, "last": 9})
    assert "that is 2 events" in asked.content.decode()
    assert not Delivery.objects.filter(state="pending").exists()
    administrator.post(page(endpoint, "replay"), {"first": 2, "last": 9, "confirmed": "1"})
    assert list(Delivery.objects.filter(state="pending").order_by("seq").values_list("seq", flat=True)) == [2, 3]


@pytest.mark.parametrize(
    ("first", "last"), [("", ""), ("0", "1"), ("3", "2"), ("x", "1"), ("1", "9" * 30), ("\x00", "1"), ("-1", "1")]
)
def test_a_range_that_is_none(administrator, first, last):
    values = {"first": first, "last": last, "confirmed": "1"}
    answer = administrator.post(page(hooks.endpoint(), "replay"), values)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_delivery_log(administrator):
    endpoint, other = hooks.endpoint(), hooks.endpoint()
    for seq in (1, 2, 3):
        hooks.publish(seq)
    log = reverse("admin:partners_delivery_changelist")

    def shown(query):
        return sorted(row.seq for row in administrator.get(f"{log}?{query}").context["cl"].result_list)

    assert shown(f"endpoint__id__exact={endpoint.pk}") == [1, 2, 3]
    assert shown(f"endpoint__id__exact={other.pk}&q=2-9") == [2, 3]
    assert shown("q=2") == [2, 2]
    for nothing in ("state__exact=dead", "q=x", "q=1-", "q=" + "9" * 40, "q=٣"):
        assert shown(nothing) == [], nothing
    assert administrator.get(f"{log}?q=%00").status_code == 200
    one = Delivery.objects.filter(endpoint=endpoint).first()
    detail = administrator.get(reverse("admin:partners_delivery_change", args=[one.pk]))
    assert one.message_id() in detail.content.decode()


def test_delivering_again(administrator):
    endpoint = hooks.endpoint()
    hooks.publish(1)
    hooks.publish(2)
    Delivery.objects.update(state=DeliveryState.DEAD, done_at=timezone.now(), attempts=10)
    chosen = Delivery.objects.get(seq=1, endpoint=endpoint)
    administrator.post(
        reverse("admin:partners_delivery_changelist"), {"action": "deliver_again", "_selected_action": [chosen.pk]}
    )
    chosen.refresh_from_db()
    assert (chosen.state, chosen.attempts) == (DeliveryState.PENDING, 0)
    assert Delivery.objects.get(seq=2).state == DeliveryState.DEAD


def test_who_may(client, people):
    endpoint = hooks.endpoint()
    client.force_login(people.editor)
    for address in (change_page(endpoint), page(endpoint, "rotate"), reverse("admin:partners_delivery_changelist")):
        assert client.get(address).status_code == 403
    assert client.post(page(endpoint, "disable")).status_code == 403
    endpoint.refresh_from_db()
    assert endpoint.state == EndpointState.ACTIVE


@pytest.mark.parametrize(
    "query",
    [
        *("state__exact=%00", "endpoint__id__exact=x", "partner__id__exact=%00", "is_active__exact=%00", "q=%00"),
        *("endpoint__id__exact=" + "9" * 30, "secrets__sealed__startswith=a", "o=99", "p=x"),
    ],
)
def test_lists_filtered_by_what_cannot_be(administrator, query):
    for table in ("endpoint", "delivery", "partner"):
        address = reverse(f"admin:partners_{table}_changelist")
        assert administrator.get(f"{address}?{query}").status_code in (200, 302, 400)


def test_what_only_the_service_sees_is_shown_in_the_form(administrator, monkeypatch):
    """An address that another endpoint of the partner has, and more endpoints than there may be: no form knows."""
    first = hooks.endpoint("https://news.example/a")
    second = hooks.endpoint("https://news.example/b", partner=first.partner)
    answer = administrator.post(change_page(second), {"url": first.url, "description": "", "event_types": []})
    assert "There is an endpoint with this address already." in answer.content.decode()
    values = {"partner": first.partner_id, "url": "https://news.example/c", "description": "", "event_types": []}
    monkeypatch.setattr(endpoints, "MOST_ENDPOINTS", 2)
    answer = administrator.post(reverse("admin:partners_endpoint_add"), values)
    assert "A partner may have 2 endpoints" in answer.content.decode()
    assert sorted(Endpoint.objects.values_list("url", flat=True)) == [first.url, second.url]


def test_what_was_changed_meanwhile_is_not_written_over(administrator):
    endpoint = hooks.endpoint()
    values = {"url": endpoint.url, "description": "mine", "event_types": [], "seen_version": endpoint.version}
    endpoints.change(endpoint=endpoint, event_types=["retracted"])
    answer = administrator.post(change_page(endpoint), values)
    assert "Somebody else saved a change first" in answer.content.decode()
    assert Endpoint.objects.get().event_types == ["retracted"]
    assert (
        f'name="seen_version" value="{endpoint.version + 1}"'
        in administrator.get(change_page(endpoint)).content.decode()
    )


def test_an_endpoint_may_be_signed_with_a_key_pair(administrator):
    values = {"partner": hooks.partner().pk, "url": "https://news.example/", "description": "", "scheme": "v1a"}
    shown = administrator.post(reverse("admin:partners_endpoint_add"), values).content.decode()
    public = Endpoint.objects.get().secrets.get().public_key
    assert public.startswith("whpk_")
    assert public in shown
    assert "whsk_" not in shown
    assert public in administrator.get(change_page(Endpoint.objects.get())).content.decode()
    answer = administrator.post(page(Endpoint.objects.get(), "rotate"), {"scheme": "v1", "end_old": "on"})
    assert "whsec_" in answer.content.decode()
    assert Endpoint.objects.get().secrets.count() == 1


def test_what_is_refused_on_the_page_of_an_act_is_said(administrator):
    endpoint = hooks.endpoint()
    for _ in range(3):
        endpoints.rotate(endpoint=endpoint, at=timezone.now())
    answer = administrator.post(page(endpoint, "rotate"), follow=True)
    assert "4 secrets sign already" in answer.content.decode()

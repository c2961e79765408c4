"""From a publication to a receiver on a real socket: order, leases, what each answer means."""

import json
import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections, transaction
from django.utils import timezone
from standardwebhooks import Webhook

from articles.models import Record
from articles.services.verification.publishing import Correction
from lib.refusals import NotNowError
from partners.choices import DeliveryState, EndpointState
from partners.models import Attempt, Delivery, Endpoint, Event, Partner
from partners.services import deliveries, endpoints, ping_deliveries, replays, signing
from tests import newsroom
from tests.lib.safehttp.receivers import OK, answer, receiver, reset
from tests.partners import hooks

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def test_each_step_of_a_claims_public_life_is_an_event(people):
    all_of_it, corrections = hooks.endpoint(), hooks.endpoint(event_types=["corrected"])
    claim = newsroom.published(people)
    claim = newsroom.take(claim, "recheck", people.checker, comment="New figures")
    claim = newsroom.propose(claim, people.reporter, summary="The minutes show it in another place.")
    for step, by in (("submit", people.reporter), ("approve", people.checker)):
        claim = newsroom.take(claim, step, by)
    correction = Correction(severity="minor", note="The page was wrong.")
    claim = newsroom.take(claim, "publish", people.editor, correction=correction)
    newsroom.take(claim, "retract", people.editor, comment="We misread the source.")
    bodies = [json.loads(bytes(event.body)) for event in Event.objects.order_by("seq")]
    assert [body["type"] for body in bodies] == ["claim.published", "claim.corrected", "claim.retracted"]
    assert [body["data"]["prev_seq_for_claim"] for body in bodies] == [None, 1, 2]
    newest = Record.objects.get(seq=3)
    assert bodies[2]["data"]["record_sha256"] == bytes(newest.sha256).hex()
    assert bodies[2]["data"]["url"].endswith(f"/api/v1/claims/{claim.pk}/revisions/3/")
    assert bodies[2]["data"]["page_url"] == newest.document()["claim"]["url"]
    assert list(all_of_it.deliveries.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert list(corrections.deliveries.values_list("seq", flat=True)) == [2]


def test_an_event_is_queued_for_active_and_paused_endpoints_only():
    active, paused, disabled = hooks.endpoint(), hooks.endpoint(), hooks.endpoint()
    endpoints.pause(endpoint=paused, at=timezone.now())
    endpoints.disable(endpoint=disabled, reason="Asked for.", at=timezone.now())
    hooks.endpoint(partner=hooks.partner(is_active=False))
    hooks.publish(1)
    assert set(Delivery.objects.values_list("endpoint_id", flat=True)) == {active.pk, paused.pk}
    assert deliveries.take_next().endpoint_id == active.pk
    assert deliveries.take_next() is None


@committed
def test_a_rolled_back_publication_makes_no_event(people):
    hooks.endpoint()
    claim = newsroom.in_stage("approved", people)
    with transaction.atomic():
        newsroom.take(claim, "publish", people.editor)
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)


def test_every_attempt_sends_the_same_message():
    inbox = hooks.Inbox(500, 200)
    with receiver(inbox) as there:
        endpoint = hooks.endpoint(there.url)
        hooks.publish(7)
        failed, _ = hooks.deliver()
        assert (failed.state, failed.attempts, failed.lease_until) == (DeliveryState.PENDING, 1, None)
        assert failed.next_at > timezone.now() + timedelta(seconds=3)
        replays.deliver_again(deliveries=[failed.pk], at=timezone.now())
        delivered, _ = hooks.deliver()
    assert delivered.state == DeliveryState.DELIVERED
    (first, body), (second, again) = inbox.messages
    assert first["webhook-id"] == second["webhook-id"] == f"msg_01234567_7_{endpoint.pk}"
    assert body == again == bytes(delivered.event.body)
    assert len(body) < 20_000
    assert list(delivered.tries.values_list("number", "status", "word")) == [(1, 500, "refused"), (2, 200, "")]


def test_deliveries_of_one_claim_keep_their_order_and_delay_no_other_claim():
    claim, inbox = uuid.uuid4(), hooks.Inbox(500, 200)
    with receiver(inbox) as there:
        hooks.endpoint(there.url)
        for seq, of in ((1, claim), (2, claim), (3, uuid.uuid4())):
            hooks.publish(seq, claim=of)
        hooks.deliver()
        hooks.deliver()
        assert deliveries.take_next() is None
        replays.deliver_again(deliveries=Delivery.objects.filter(seq=1).values_list("pk", flat=True), at=timezone.now())
        hooks.deliver()
        hooks.deliver()
    assert inbox.seqs() == [1, 3, 1, 2]


def test_a_delivery_that_was_given_up_delays_no_other(settings):
    settings.WEBHOOK_RETRY_SECONDS = [0]
    claim, inbox = uuid.uuid4(), hooks.Inbox(200, 500, 200)
    with receiver(inbox) as there:
        hooks.endpoint(there.url)
        for seq in (1, 2, 3):
            hooks.publish(seq, claim=claim)
        states = [hooks.deliver()[0].state for _ in range(1)]
        Endpoint.objects.update(last_success_at=timezone.now() + timedelta(hours=1))
        states += [hooks.deliver()[0].state for _ in range(2)]
    assert states == ["delivered", "dead", "delivered"]


def test_at_most_two_deliveries_at_a_time_go_to_one_endpoint():
    hooks.endpoint()
    for seq in range(1, 5):
        hooks.publish(seq)
    assert [taken and taken.seq for taken in (deliveries.take_next() for _ in range(3))] == [1, 2, None]


@committed
def test_concurrent_workers_never_take_the_same_delivery():
    for _ in range(3):
        hooks.endpoint()
    for seq in range(1, 31):
        hooks.publish(seq)
    taken, most = [], Counter()
    lock = threading.Lock()

    def work():
        while (delivery := deliveries.take_next()) or Delivery.objects.filter(state="pending").exists():
            if delivery is None:
                continue
            with lock:
                taken.append(delivery.pk)
            at_work = Delivery.objects.filter(
                endpoint=delivery.endpoint, state="pending", lease_until__gt=timezone.now()
            ).count()
            with lock:
                most[at_work] += 1
            deliveries.record(delivery, deliveries.Outcome(200, "", "", "", 1))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(taken) == sorted(Delivery.objects.values_list("pk", flat=True))
    assert len(taken) == 90
    assert max(most) <= deliveries.CONCURRENCY


@committed
def test_a_test_event_is_not_taken_by_a_worker():
    over, taken = threading.Event(), []

    def work():
        while not over.is_set():
            taken.append(deliveries.take_next())
        connections.close_all()

    with receiver(answer(OK)) as there:
        endpoint = hooks.endpoint(there.url)
        worker = threading.Thread(target=work)
        worker.start()
        try:
            outcomes = [
                ping_deliveries.run(endpoint=endpoint, at=timezone.now(), policy=hooks.HERE).outcome for _ in range(20)
            ]
        finally:
            over.set()
            worker.join(20)
    assert [outcome.status for outcome in outcomes] == [200] * 20
    assert len(taken) > 20
    assert set(taken) == {None}


def test_the_result_of_a_worker_that_lost_its_lease_is_ignored():
    inbox = hooks.Inbox(200)
    with receiver(inbox) as there:
        hooks.endpoint(there.url)
        hooks.publish(1)
        slow = deliveries.take_next()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE partners_delivery SET lease_until = clock_timestamp() - interval '1 s'")
        quick, _ = hooks.deliver()
        assert quick.state == DeliveryState.DELIVERED
        assert not deliveries.record(slow, deliveries.Outcome(500, "refused", "", "", 1))
    assert Delivery.objects.get().state == DeliveryState.DELIVERED
    assert Attempt.objects.count() == 2
    assert Endpoint.objects.get().consecutive_failures == 0


def test_a_410_answer_disables_the_endpoint_and_notifies_the_partner(django_capture_on_commit_callbacks):
    with receiver(answer(b"HTTP/1.1 410 Gone\r\n\r\n")) as there:
        endpoint = hooks.endpoint(there.url)
        hooks.publish(1)
        with django_capture_on_commit_callbacks(execute=True):
            hooks.deliver()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.state_reason) == (EndpointState.DISABLED, "It answered 410 Gone.")
    assert [message.to for message in mail.outbox] == [[endpoint.partner.contact_email]]
    assert there.url in mail.outbox[0].body


@pytest.mark.parametrize("accepted_since", [False, True], ids=["silent", "accepts others"])
def test_after_the_last_attempt_a_delivery_is_dead_and_the_partner_is_notified(
    accepted_since, settings, django_capture_on_commit_callbacks
):
    settings.WEBHOOK_RETRY_SECONDS = [0, 0]
    with receiver(reset) as there:
        endpoint = hooks.endpoint(there.url)
        hooks.publish(1)
        if accepted_since:
            Endpoint.objects.update(last_success_at=timezone.now() + timedelta(seconds=1))
        with django_capture_on_commit_callbacks(execute=True):
            hooks.deliver()
            delivery, outcome = hooks.deliver()
    assert (delivery.state, outcome.code) == (DeliveryState.DEAD, "connection_lost")
    endpoint.refresh_from_db()
    assert endpoint.state == (EndpointState.ACTIVE if accepted_since else EndpointState.DISABLED)
    assert len(mail.outbox) == 1
    assert ("disabled" in mail.outbox[0].subject) == (not accepted_since)


@pytest.mark.parametrize("status", [201, 204, 301, 400, 404, 429, 500, 503])
def test_only_a_2xx_answer_counts_as_delivered(status):
    with receiver(hooks.Inbox(status, headers="Location: http://127.0.0.1/\r\nRetry-After: 99999999999\r\n")) as there:
        hooks.endpoint(there.url)
        hooks.publish(1)
        delivery, _ = hooks.deliver()
    assert delivery.state == (DeliveryState.DELIVERED if status < 300 else DeliveryState.PENDING)
    waits_a_day = delivery.next_at > timezone.now() + timedelta(hours=23)
    assert waits_a_day == (status in (429, 503))


@pytest.mark.parametrize("other", [(500, "http_error"), (200, "")], ids=str)
def test_retry_after_pauses_every_delivery_to_the_endpoint(other):
    inbox = hooks.Inbox(503, 200, headers="Retry-After: 120\r\n")
    with receiver(inbox) as there:
        hooks.endpoint(there.url)
        hooks.publish(1)
        hooks.publish(2)
        first, second = deliveries.take_next(), deliveries.take_next()
        hooks.deliver(first)
        assert Endpoint.objects.get().broken_until > timezone.now() + timedelta(seconds=100)
        assert deliveries.record(second, deliveries.Outcome(*other, "", "", 1))
        assert Endpoint.objects.get().broken_until > timezone.now() + timedelta(seconds=100), "whatever was under way"
        hooks.publish(3)
        assert deliveries.take_next() is None
        Endpoint.objects.update(broken_until=timezone.now() - timedelta(seconds=1))
        assert hooks.deliver()[0].state == DeliveryState.DELIVERED
    assert Endpoint.objects.get().broken_until is None


def test_the_circuit_breaker_opens_after_five_failures():
    inbox = hooks.Inbox(*[500] * 6, 200)
    with receiver(inbox) as there:
        endpoint = hooks.endpoint(there.url)
        for seq in range(1, 10):
            hooks.publish(seq)
        for _ in range(5):
            hooks.deliver()
        assert deliveries.take_next() is None
        Endpoint.objects.update(broken_until=timezone.now() - timedelta(seconds=1))
        probe = deliveries.take_next()
        assert deliveries.take_next() is None, "one at a time, until one is accepted"
        hooks.deliver(probe)
        Endpoint.objects.update(broken_until=timezone.now() - timedelta(seconds=1))
        hooks.deliver()
        endpoint.refresh_from_db()
        assert (endpoint.consecutive_failures, endpoint.broken_until) == (0, None)
        assert hooks.deliver()[0].state == DeliveryState.DELIVERED


def test_a_replay_sends_delivered_and_missed_events_again():
    inbox = hooks.Inbox()
    with receiver(inbox) as there:
        endpoint = hooks.endpoint(there.url, event_types=["published", "retracted"])
        hooks.publish(1)
        hooks.deliver()
        endpoints.disable(endpoint=endpoint, reason="Holiday.", at=timezone.now())
        hooks.publish(2, kind="retracted")
        hooks.publish(3, kind="updated")
        endpoints.resume(endpoint=endpoint, at=timezone.now())
        assert deliveries.take_next() is None
        assert replays.count_in_range(endpoint=endpoint, first=1, last=9) == 2
        assert replays.replay(endpoint=endpoint, first=1, last=9, at=timezone.now()) == 2
        hooks.deliver()
        hooks.deliver()
    assert inbox.seqs() == [1, 1, 2]
    assert inbox.messages[0][1] == inbox.messages[1][1]
    assert inbox.messages[0][0]["webhook-id"] == inbox.messages[1][0]["webhook-id"]


def lost_key(settings):
    """As if SECRET_KEY had been changed and the old one forgotten."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, []


def test_an_unreadable_secret_is_an_internal_error_and_costs_the_endpoint_nothing(
    settings, django_capture_on_commit_callbacks
):
    settings.WEBHOOK_RETRY_SECONDS = [0]
    endpoint = hooks.endpoint()
    hooks.publish(1)
    lost_key(settings)
    with django_capture_on_commit_callbacks(execute=True):
        delivery, outcome = hooks.deliver()
    assert (outcome.code, delivery.state, delivery.attempts) == ("secret_unreadable", DeliveryState.PENDING, 0)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.consecutive_failures) == (EndpointState.ACTIVE, 0)
    hooks.publish(2)
    assert deliveries.take_next() is None, "the others would fare no better"
    assert mail.outbox == []


def test_a_new_secret_signs_when_the_old_one_cannot_be_read(settings):
    inbox = hooks.Inbox()
    with receiver(inbox) as there:
        endpoint = hooks.endpoint(there.url)
        hooks.publish(1)
        lost_key(settings)
        secret = endpoints.rotate(endpoint=endpoint, at=timezone.now())
        assert hooks.deliver()[0].state == DeliveryState.DELIVERED
    [(headers, body)] = inbox.messages
    assert Webhook(secret).verify(body, headers) == json.loads(body)


def test_an_internal_error_does_not_count_against_the_endpoint(settings, django_capture_on_commit_callbacks):
    settings.WEBHOOK_RETRY_SECONDS = [0]
    endpoint = hooks.endpoint()
    endpoint.secrets.update(sealed=signing.seal("whsec_x"))
    hooks.publish(1)
    with django_capture_on_commit_callbacks(execute=True):
        delivery, outcome = hooks.deliver()
    assert (outcome.code, delivery.state) == ("internal_error", DeliveryState.DEAD)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.consecutive_failures) == (EndpointState.ACTIVE, 0)
    assert "event 1 could not be delivered" in mail.outbox[0].subject


def test_delivering_again_skips_disabled_endpoints_and_inactive_partners():
    gone, paused, asleep = hooks.endpoint(), hooks.endpoint(), hooks.endpoint()
    hooks.publish(1)
    Delivery.objects.update(state=DeliveryState.DEAD, done_at=timezone.now())
    endpoints.disable(endpoint=gone, reason="Asked for.", at=timezone.now())
    endpoints.pause(endpoint=paused, at=timezone.now())
    Partner.objects.filter(pk=asleep.partner_id).update(is_active=False)
    everything = Delivery.objects.values_list("pk", flat=True)
    assert replays.deliver_again(deliveries=everything, at=timezone.now()) == 1
    assert Delivery.objects.get(state=DeliveryState.PENDING).endpoint_id == paused.pk


def test_replaced_secrets_sign_for_a_day_also_after_another_rotation():
    endpoint, now = hooks.endpoint(), timezone.now()

    def count(at):
        return sum(secret.is_live(at=at) for secret in endpoint.secrets.all())

    assert endpoints.rotate(endpoint=endpoint, at=now).startswith("whsec_")
    endpoints.rotate(endpoint=endpoint, at=now + timedelta(hours=1))  # nobody got the first answer
    assert [count(now + timedelta(hours=hours)) for hours in (2, 24.5, 26)] == [3, 2, 1]
    endpoints.rotate(endpoint=endpoint, at=now + timedelta(hours=2))
    with pytest.raises(NotNowError, match="4 secrets sign already"):
        endpoints.rotate(endpoint=endpoint, at=now + timedelta(hours=3))
    endpoints.rotate(endpoint=endpoint, at=now + timedelta(hours=24.5))
    assert endpoint.secrets.count() == 4, "what signs no more is not kept"
    endpoints.rotate(endpoint=endpoint, at=now + timedelta(hours=25), end_old=True)
    assert endpoint.secrets.count() == 1, "a secret that others may know ends at once"

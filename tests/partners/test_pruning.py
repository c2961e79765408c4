"""What was delivered long ago is forgotten; what somebody waits for is not."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partners.models import Attempt, Delivery, Event, Notice
from partners.services import deliveries, endpoints, notices, pruning, replays, webhooks
from tests.partners import hooks, newsrooms

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def prune(*arguments):
    out = StringIO()
    call_command("prune_webhooks", *arguments, stdout=out)
    return out.getvalue().strip()


def deliver_all(**filters):
    """As if the deliveries had been accepted."""
    for delivery in Delivery.objects.filter(state="pending", **filters):
        deliveries.record(deliveries.take(delivery), deliveries.Outcome(200, "", "", "", 1))


def age(days):
    """As if all there is had happened some days earlier."""
    for model, column in ((Event, "at"), (Delivery, "done_at"), (Attempt, "at"), (Notice, "created_at")):
        for row in model.objects.exclude(**{column: None}):
            model.objects.filter(pk=row.pk).update(**{column: getattr(row, column) - days * DAY})


def test_pruning_deletes_old_deliveries_and_keeps_pending_ones_with_their_events():
    eager, paused = hooks.endpoint(), hooks.endpoint(event_types=["retracted"])
    endpoints.pause(endpoint=paused, at=timezone.now())
    for seq, kind in ((1, "published"), (2, "retracted")):
        hooks.publish(seq, kind=kind)
    deliver_all(endpoint=eager)
    age(91)
    hooks.publish(3)
    deliver_all(endpoint=eager)
    assert prune() == "2 deliveries, 1 events, 0 e-mails, 0 secrets"
    assert sorted(Delivery.objects.values_list("endpoint_id", "seq")) == sorted([(paused.pk, 2), (eager.pk, 3)])
    assert sorted(Event.objects.values_list("seq", flat=True)) == [2, 3]
    assert list(Attempt.objects.values_list("delivery__seq", flat=True)) == [3]
    assert prune() == "0 deliveries, 0 events, 0 e-mails, 0 secrets"


def test_pruning_deletes_pending_deliveries_of_long_disabled_endpoints_but_no_running_test():
    long_ago, lately, paused = hooks.endpoint(), hooks.endpoint(), hooks.endpoint()
    hooks.publish(1)
    endpoints.disable(endpoint=long_ago, reason="Nobody answers.", at=timezone.now() - 91 * DAY)
    endpoints.disable(endpoint=lately, reason="Nobody answers.", at=timezone.now() - 89 * DAY)
    endpoints.pause(endpoint=paused, at=timezone.now() - 91 * DAY)
    under_way = deliveries.take(webhooks.ping(endpoint=long_ago, at=timezone.now()))
    age(91)
    assert prune() == "1 deliveries, 0 events, 0 e-mails, 0 secrets"
    assert list(long_ago.deliveries.all()) == [under_way]
    assert (lately.deliveries.count(), paused.deliveries.count()) == (1, 1)
    endpoints.disable(endpoint=paused, reason="Nobody resumes it.", at=timezone.now() - 91 * DAY)
    endpoints.resume(endpoint=lately, at=timezone.now())
    deliver_all(endpoint=lately)
    age(91)
    assert prune() == "2 deliveries, 1 events, 0 e-mails, 0 secrets"


def test_an_event_replayed_after_pruning_has_the_same_id():
    one, paused = hooks.endpoint(), hooks.endpoint()
    endpoints.pause(endpoint=paused, at=timezone.now())
    hooks.publish(1)
    name = one.deliveries.get().message_id()
    deliver_all(endpoint=one)
    age(91)
    prune()
    assert not one.deliveries.exists()
    assert replays.replay(endpoint=one, first=1, last=1, at=timezone.now()) == 1
    assert one.deliveries.get().message_id() == name


def test_pruning_deletes_events_without_deliveries_in_batches(monkeypatch):
    monkeypatch.setattr(pruning, "PORTION", 2)
    for seq in range(1, 6):
        hooks.publish(seq)
    age(30)
    assert prune("--days", "29") == "0 deliveries, 5 events, 0 e-mails, 0 secrets"


def test_pruning_deletes_old_notices_and_secrets_without_repeating_a_key_notice():
    endpoint, at = hooks.endpoint(), timezone.now()
    endpoints.disable(endpoint=endpoint, reason="Gone.", at=at, tell=True)
    newsrooms.key(expires_at=at + 10 * DAY)
    assert len(notices.warn_expiring(at=at)) == 1
    endpoints.rotate(endpoint=endpoint, at=at - 2 * DAY)
    age(91)
    assert prune() == "0 deliveries, 0 events, 1 e-mails, 1 secrets"
    assert notices.warn_expiring(at=at) == []
    assert endpoint.secrets.count() == 1


@pytest.mark.parametrize("days", ["6", "0", "-1", "9999999999999"])
def test_pruning_refuses_days_within_which_deliveries_are_still_retried(days, settings):
    with pytest.raises(CommandError, match="--days"):
        prune("--days", days)
    settings.WEBHOOK_RETRY_SECONDS = [0, 30 * 86_400]
    with pytest.raises(CommandError, match="still being tried"):
        prune("--days", "40")

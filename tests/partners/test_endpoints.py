"""Endpoints: what two people, or a person and a partner, do at the same moment; and who may do it."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lib.refusals import NotAllowedError
from partners.choices import Act
from partners.models import Endpoint, PartnerChange
from partners.services import deliveries, endpoints, ping_deliveries
from tests.lib.safehttp.test_client import HERE
from tests.partners import hooks, newsrooms


@pytest.mark.django_db(transaction=True)
def test_an_endpoint_added_twice_at_once_is_stored_once_and_the_second_refused():
    partner, found = hooks.partner(), []

    def second():
        try:
            endpoints.add(partner=partner, url="https://news.example/hook")
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        endpoints.add(partner=partner, url="https://news.example/hook")
        other = threading.Thread(target=second)
        other.start()
        other.join(0.5)  # it waits for us, or is about to
    other.join()
    [error] = found
    assert isinstance(error, ValidationError), error
    assert error.message_dict == {"url": ["There is an endpoint with this address already."]}
    assert Endpoint.objects.count() == 1


@pytest.mark.django_db
def test_endpoint_services_refuse_a_key_of_another_partner_or_without_the_scope():
    endpoint, at = hooks.endpoint(), timezone.now()
    for by in (newsrooms.key("webhooks")[0], newsrooms.key("read", "submit", of=endpoint.partner)[0]):
        for act in (
            lambda by=by: endpoints.add(partner=endpoint.partner, url="https://else.example/", by=by),
            lambda by=by: endpoints.change(endpoint=endpoint, url="https://else.example/", by=by),
            lambda by=by: endpoints.rotate(endpoint=endpoint, at=at, by=by),
            lambda by=by: ping_deliveries.run(endpoint=endpoint, at=at, by=by, policy=HERE),
        ):
            with pytest.raises(NotAllowedError):
                act()
    assert Endpoint.objects.get().url == endpoint.url
    assert endpoint.secrets.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_change_by_a_person_and_a_key_together(people):
    key, _ = newsrooms.key("webhooks")
    who = {"by": people.administrator, "with_key": key}
    with pytest.raises(IntegrityError, match="change_has_one_author"), transaction.atomic():
        PartnerChange.objects.create(partner=key.partner, act=Act.PAUSED, at=timezone.now(), **who)


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_a_removal_and_does_not_fail_by_it():
    endpoint, found = hooks.endpoint(), []

    def publish():
        try:
            hooks.publish(1)
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        endpoints.remove(endpoint=endpoint, at=timezone.now())
        other = threading.Thread(target=publish)
        other.start()
        other.join(0.5)
    other.join()
    assert found == []
    assert not Endpoint.objects.exists()


@pytest.mark.django_db
def test_a_delivery_under_way_when_its_endpoint_is_removed_decides_nothing():
    endpoint = hooks.endpoint()
    hooks.publish(1)
    taken = deliveries.take_next()
    endpoints.remove(endpoint=endpoint, at=timezone.now())
    assert deliveries.record(taken, deliveries.Outcome(200, "", "", "", 5)) is False

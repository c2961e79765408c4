"""Pinning a claim to the front page at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import FrontPin
from tests import newsroom

pytestmark = pytest.mark.django_db


def _address(name, claim):
    return reverse(f"admin:articles_claim_{name}", args=[claim.pk])


def _day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_an_editor_pins_a_claim_and_everybody_sees_who_did(client, people):
    claim = newsroom.published(people)
    client.force_login(people.editor)
    assert _address("pin", claim) in client.get(_address("change", claim)).content.decode()
    answer = client.post(_address("pin", claim), {"until": _day(2), "_seen": ""})
    assert answer["Location"] == _address("change", claim)
    row = FrontPin.objects.get()
    assert (row.claim_id, row.pinned_by) == (claim.pk, people.editor)
    assert f"Pinned by {people.editor}" in client.get(_address("change", claim)).content.decode()
    client.force_login(people.reporter)
    shown = client.get(_address("change", claim)).content.decode()
    assert f"Pinned by {people.editor}" in shown
    assert _address("pin", claim) not in shown
    assert client.get(_address("pin", claim)).status_code == 403


def test_replacing_a_pin_says_what_is_replaced_and_an_older_form_changes_nothing(client, people):
    first, second = newsroom.published(people), newsroom.published(people, text="Another claim")
    client.force_login(people.editor)
    client.post(_address("pin", first), {"until": _day(1), "_seen": ""})
    asked = client.get(_address("pin", second)).content.decode()
    assert first.text in asked
    assert str(people.editor) in asked
    client.post(_address("pin", second), {"until": _day(1), "_seen": ""})
    assert FrontPin.objects.get().claim_id == first.pk
    row = FrontPin.objects.get()
    client.post(_address("pin", second), {"until": _day(1), "_seen": f"{row.pk}/{row.version}"})
    row = FrontPin.objects.get()
    assert row.claim_id == second.pk
    client.post(_address("pin", second), {"_act": "unpin", "_seen": f"{row.pk}/{row.version}"})
    assert FrontPin.objects.count() == 0


@pytest.mark.parametrize(
    ("until", "said"), [("", "required"), ("soon", "valid date"), (_day(-1), "from today"), (_day(400), "from today")]
)
def test_a_bad_day_is_said_beside_the_field_and_nothing_is_pinned(client, people, until, said):
    claim = newsroom.published(people)
    client.force_login(people.editor)
    answer = client.post(_address("pin", claim), {"until": until, "_seen": ""})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert FrontPin.objects.count() == 0

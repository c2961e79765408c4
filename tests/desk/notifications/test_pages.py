"""The page on which a person chooses notifications, and the demo's page of e-mails."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.mail import send_mail
from django.urls import reverse

from notifications.choices import DEFAULTS, DESCRIPTIONS, SHOWN, Frequency, Kind
from notifications.models import Message, NotificationSettings
from tests import newsroom
from tests.desk.pages import form_of, save, signed_in, text_of
from tests.notifications.colleagues import send, with_addresses

pytestmark = pytest.mark.django_db


def test_a_person_chooses_and_sees_their_choices(people: SimpleNamespace) -> None:
    desk, address = signed_in(people.reporter), reverse("admin:notifications_choices")
    assert "no e-mail address" in text_of(desk.get(address))
    shown = form_of(desk.get(address))
    assert (shown["assigned"], shown["published"], shown["language"]) == ("now", "daily", "")
    assert save(desk, address, assigned="none", language="az").status_code == 302
    shown = form_of(desk.get(address))
    assert (shown["assigned"], shown["published"], shown["language"]) == ("none", "daily", "az")
    chosen = NotificationSettings.objects.get()
    assert (chosen.user, chosen.frequency(Kind.ASSIGNED)) == (people.reporter, Frequency.NONE)


def test_a_choice_that_does_not_exist_is_refused(people: SimpleNamespace) -> None:
    refused = save(signed_in(people.reporter), reverse("admin:notifications_choices"), assigned="hourly", language="xx")
    assert text_of(refused).count("Select a valid choice") == 2
    assert not NotificationSettings.objects.exists()


def test_the_demo_shows_emails_instead_of_sending_them(people: SimpleNamespace, settings: Any) -> None:
    desk, address = signed_in(people.reporter), reverse("admin:notifications_sent")
    assert desk.get(address).status_code == 404
    settings.EMAIL_BACKEND, settings.DEBUG = SHOWN, True
    newsroom.draft(people.editor, assignee=with_addresses(people).reporter, text="The bridge cost <b>12</b> million")
    assert send().sent == 1
    send_mail("Reset", "Open this page.", None, ["somebody@news.example"])
    page = text_of(desk.get(address))
    assert "Assigned to you: The bridge cost <b>12</b> million" in page
    assert "To somebody@news.example" in page
    assert Message.objects.count() == 2


def test_the_defaults_name_each_kind() -> None:
    assert set(DEFAULTS) == set(DESCRIPTIONS) == set(Kind.values)
    assert configured.DAILY_SUMMARY_HOUR in range(24)

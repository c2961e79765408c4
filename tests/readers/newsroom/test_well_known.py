"""Addresses that programs know beforehand."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def test_security_txt_names_whom_to_tell_and_holds_less_than_a_year(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = "safety@facts.example"
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:safety@facts.example"
    assert lines["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)


def test_without_an_address_there_is_no_security_txt(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_api_catalogue_leads_to_the_description(client: Client, settings: Any) -> None:
    answer = client.get("/.well-known/api-catalog")
    assert answer["Content-Type"].startswith("application/linkset+json")
    [entry] = answer.json()["linkset"]
    for link in (*entry["service-desc"], *entry["service-doc"]):
        path = link["href"].removeprefix(settings.SITE_URL)
        assert client.get(path)["Content-Type"].startswith(link["type"])
    assert 'rel="service-desc"' in client.get("/api/v1/ratings/")["Link"]

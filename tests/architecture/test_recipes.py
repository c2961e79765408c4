"""What the recipes in CONTRIBUTING.md name is complete: each of these fails when a step was forgotten."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern

from api.webhooks.serializers import NAMES
from articles.choices import RecordKind
from desk import urls
from factcheck import urls as root
from jobs.table import JOBS
from partners.choices import EventType
from tests.findings import assert_none

ROOT = Path(__file__).parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_each_kind_of_record_is_a_webhook_event_type() -> None:
    others = {EventType.PING, EventType.IMPORTED, EventType.SUBMISSION}  # a test, an archive, a partner's own
    assert {kind.value for kind in RecordKind} == {kind.value for kind in EventType} - others


def test_each_webhook_event_type_is_described_for_partners() -> None:
    page = read("docs/webhooks.md")
    assert_none(f"docs/webhooks.md: {name}" for name in NAMES.values() if f"| `{name}` |" not in page)


@pytest.mark.django_db
def test_the_migrations_hold_every_model_and_every_choice() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_each_command_is_described() -> None:
    pages = "".join(read(name) for name in ("docs/operations.md", "docs/intake.md", "README.md", "CONTRIBUTING.md"))
    commands = {path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")}
    assert_none(f"manage.py {name}" for name in sorted(commands) if name not in pages)


def test_each_job_is_described() -> None:
    page = read("docs/operations.md")
    assert_none(f"docs/operations.md: {job.name}" for job in JOBS if f"| `{job.name}` |" not in page)


def test_each_desk_page_asks_strangers_to_sign_in(client: Client) -> None:
    """Ids in an address do not matter: nobody gets as far as a look-up. The words of scripts are no secret."""
    patterns: list[URLPattern] = urls.of(root.admin.site)
    given = {"uuid": "0190c5a2-0000-7000-8000-000000000001", "int": "1", "slug": "x", "str": "x", "path": "1"}
    open_ones = []
    for pattern in patterns:
        if pattern.name == "texts":
            continue
        address = "/admin/" + re.sub(r"<(\w+):\w+>", lambda found: given[found.group(1)], str(pattern.pattern))
        response = client.get(address)
        if response.status_code != 302 or "/admin/login/" not in response.headers["Location"]:
            open_ones.append(f"{address}: {response.status_code}")
    assert_none(open_ones)

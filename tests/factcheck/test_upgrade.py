"""``manage.py upgrade``: says what it would do, does it, and finds nothing to do the second time."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accounts.models import RolePolicy
from articles.models import ProjectionVersion, PublishedClaim
from articles.services import matching
from articles.services.log import projection
from factcheck import __version__, upgrade_steps

pytestmark = pytest.mark.django_db


def upgrade(*arguments: str) -> str:
    out = StringIO()
    call_command("upgrade", *arguments, stdout=out)
    return out.getvalue()


def check(part: str) -> list[str]:
    """What a check of a part finds."""
    out = StringIO()
    try:
        call_command("upgrade", part, "--check", stdout=out)
    except CommandError:
        return [line.strip() for line in out.getvalue().splitlines() if line.startswith("  ")]
    assert "Everything belongs to this version." in out.getvalue()
    return []


def test_rows_that_were_never_computed_as_a_whole_are_computed_once(demo: Any) -> None:
    assert check("finish") == [
        f"rebuild_published: version unknown, the code has {projection.VERSION}",
        f"rebuild_matching: version unknown, the code has {matching.VERSION}",
    ]
    printed = upgrade("finish")
    assert printed.startswith(f"Factcheck {__version__}\n")
    assert check("finish") == []


def test_only_the_rows_whose_code_changed_are_computed_again(demo: Any) -> None:
    upgrade("finish")
    PublishedClaim.objects.update(summary="Words of an older version")
    before = {row.name: row.rebuilt_at for row in ProjectionVersion.objects.all()}
    upgrade("finish")
    assert PublishedClaim.objects.filter(summary="Words of an older version").exists(), "nothing changed: left alone"

    ProjectionVersion.objects.filter(name="published").update(version=projection.VERSION + 1)
    assert check("finish") == [
        f"rebuild_published: version {projection.VERSION + 1}, the code has {projection.VERSION}"
    ]
    upgrade("finish")
    assert not PublishedClaim.objects.filter(summary="Words of an older version").exists()
    after = {row.name: row.rebuilt_at for row in ProjectionVersion.objects.all()}
    assert after["published"] > before["published"]
    assert after["matching"] == before["matching"]


def test_a_check_changes_nothing(demo: Any) -> None:
    PublishedClaim.objects.update(summary="Words of an older version")
    RolePolicy.objects.filter(key="reporter").update(granted=[])
    assert check("all")
    assert not ProjectionVersion.objects.exists()
    assert RolePolicy.objects.get(key="reporter").granted == []
    assert PublishedClaim.objects.filter(summary="Words of an older version").exists()


def test_prepare_grants_what_a_role_lacks() -> None:
    policy = RolePolicy.objects.exclude(key=None).exclude(group=None).order_by("key")[0]
    assert policy.group is not None
    policy.granted.remove("articles.view_claim")
    policy.save()
    policy.group.permissions.remove(*policy.group.permissions.filter(codename="view_claim"))
    assert check("prepare") == [f"{policy.group.name}: articles.view_claim"]
    upgrade("prepare")
    assert policy.group.permissions.filter(codename="view_claim").exists()
    assert check("prepare") == []


def test_a_missing_migration_is_named_and_stops_the_second_part() -> None:
    with connection.cursor() as cursor:
        [(_, name)] = MigrationLoader(connection).graph.leaf_nodes("articles")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'articles' AND name = %s", [name])
    assert f"articles {name}" in check("prepare")
    with pytest.raises(CommandError, match=r"run manage\.py upgrade prepare first"):
        upgrade("finish")


def test_files_that_were_not_collected_are_named(settings: Any, tmp_path: Path) -> None:
    assert upgrade_steps.pending_files() == [], "with DEBUG nothing is collected"
    settings.STATIC_ROOT = str(tmp_path)
    name = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": name}}
    assert "factcheck/icon.svg" in upgrade_steps.pending_files()


def test_a_second_upgrade_waits_for_the_first_and_statements_give_up_in_time() -> None:
    other = connection.copy()

    def is_free() -> bool:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [upgrade_steps.LOCK_KEY])
            return bool(cursor.fetchone()[0])

    try:
        with upgrade_steps.alone(), connection.cursor() as cursor:
            assert not is_free()
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == (f"{upgrade_steps.LOCK_SECONDS}s",)
        assert is_free()
    finally:
        other.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)

"""A newsroom that began with the first edition goes on with this one: its database migrates, its log stays as it is."""

import io
import json
import os
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

pytestmark = pytest.mark.slow

FIRST_EDITION = "09b39fc982556c85fc27751b0499d919a1a24c43"
#: Checks log and roles of the running edition and asks it for pages, in one process of its own: settings name the
#: database once for a process, and its start takes seconds.
VISIT = """
import io
import json
from django.core.management import call_command
from django.test import Client
from accounts.models import User
from articles.models import Claim, Record

def said(*command, **options):
    call_command(*command, stdout=(printed := io.StringIO()), **options)
    return printed.getvalue()

checks = {"log": said("verify_log"), "roles": said("roles", check=True)}
claim = Claim.objects.get(pk=Record.objects.latest("seq").claim_id)
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(username="editor"))
addresses = [f"/admin/articles/claim/{claim.pk}/change/", f"/claims/{claim.slug}/", "/api/v1/claims/"]
answers = {address: client.get(address) for address in addresses}
print(json.dumps({"statuses": {address: answer.status_code for address, answer in answers.items()},
                  **checks, "listed": len(answers["/api/v1/claims/"].json()["results"])}))
"""


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first edition's code, out of this repository's history."""
    command = ["git", "-C", str(settings.BASE_DIR), "archive", FIRST_EDITION]
    try:
        archive = subprocess.run(command, capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("git is not installed, so the first edition's code cannot be had")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"the first edition's commit is not in this clone: {error.stderr.decode().strip()}")
    folder = tmp_path_factory.mktemp("first-edition")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def database() -> Iterator[dict[str, str]]:
    """A fresh database beside the tests' own: how to connect to it."""
    given = connection.settings_dict
    login = {"host": given["HOST"], "port": str(given["PORT"]), "user": given["USER"], "password": given["PASSWORD"]}
    name = f"first_edition_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(**login, dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {**login, "dbname": name}
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def manage(database: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs a command of ``manage.py`` of the edition in a folder on that database, and gives what it prints."""
    login = quote(database["user"]) + (f":{quote(database['password'])}" if database["password"] else "")
    host = urlencode({"host": database["host"], "port": database["port"]})
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"postgresql://{login}@/{database['dbname']}?{host}",
        "READERS_DATABASE_URL": "",
        "LOG_CHECKPOINT_FILE": str(tmp_path_factory.mktemp("log") / "checkpoints.log"),
    }

    def run(folder: Path, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


#: What each role may do, its name first.
ROLES = """
SELECT g.name, array_agg(t.app_label || '.' || p.codename ORDER BY 1) FROM auth_group g
JOIN auth_group_permissions m ON m.group_id = g.id JOIN auth_permission p ON p.id = m.permission_id
JOIN django_content_type t ON t.id = p.content_type_id GROUP BY g.name ORDER BY g.name
"""
#: An early first edition: its table of roles lacked pages and readers' reports.
EARLY = """
DELETE FROM auth_group_permissions WHERE permission_id IN (SELECT id FROM auth_permission WHERE codename IN
('view_page', 'view_report', 'add_page', 'change_page', 'handle_report', 'publish_page'))
"""
#: A newsroom's own change: its reporters do not enter claimants.
OWN_CHANGE = """
DELETE FROM auth_group_permissions m USING auth_group g, auth_permission p WHERE g.id = m.group_id
AND p.id = m.permission_id AND g.name = 'Reporter' AND p.codename = 'add_claimant'
"""


def _log(database: dict[str, str]) -> tuple[list[tuple[int, bytes]], tuple[object, ...] | None]:
    """Every record's number and bytes, and the head's size and root."""
    with psycopg.connect(**database) as desk:
        records = desk.execute("SELECT seq, body FROM articles_record ORDER BY seq").fetchall()
        return records, desk.execute("SELECT seq, root FROM articles_head").fetchone()


@pytest.mark.django_db
def test_a_first_edition_database_migrates_keeps_its_log_and_its_roles_and_is_served(
    first_edition: Path, database: dict[str, str], manage: Callable[..., str]
) -> None:
    manage(first_edition, "demo", "--no-serve")
    before = _log(database)
    assert len(before[0]) > 30
    with psycopg.connect(**database, autocommit=True) as desk:
        assert desk.execute(EARLY).rowcount > 10
        assert desk.execute(OWN_CHANGE).rowcount == 1

    manage(settings.BASE_DIR, "migrate", "--no-input")
    assert _log(database) == before

    with psycopg.connect(**database) as desk:
        upgraded = dict(desk.execute(ROLES).fetchall())
    with connection.cursor() as fresh:
        fresh.execute(ROLES)
        expected = dict(fresh.fetchall())
    expected["Reporter"].remove("articles.add_claimant")
    assert {name: sorted(held) for name, held in upgraded.items()} == {n: sorted(h) for n, h in expected.items()}

    visit = json.loads(manage(settings.BASE_DIR, "shell", "--no-imports", "-c", VISIT))
    assert "The log holds" in visit["log"]
    assert "Every role has what" in visit["roles"]
    assert set(visit["statuses"].values()) == {200}, visit
    assert visit["listed"] > 10

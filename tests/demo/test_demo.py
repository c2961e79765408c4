"""``demo`` and ``serve``: refused where it must be, harmless twice, and a server that stops when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from articles.models import Change, Claim, Record
from tests.waiting import wait_until


def run(*arguments):
    """Run the command; returns what it printed."""
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def taken_port() -> socket.socket:
    """A socket that listens on a free port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


@pytest.mark.django_db
def test_the_demo_is_refused_when_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="refused when DEBUG is off"):
        run("--no-serve")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_port_in_use_is_reported_before_anything_is_loaded(settings, monkeypatch):
    settings.DEBUG = True
    with taken_port() as listener:
        monkeypatch.setenv("PORT", str(listener.getsockname()[1]))
        with pytest.raises(CommandError, match=r"Port \d+ cannot be used \(address already in use\)"):
            run()
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_a_second_server_on_the_same_port_is_refused(monkeypatch):
    with taken_port() as listener:
        monkeypatch.setenv("PORT", str(listener.getsockname()[1]))
        with pytest.raises(CommandError, match=r"make run PORT=8001"):
            call_command("serve")


@pytest.mark.django_db
@pytest.mark.parametrize("port", ["eighty", "0", "65536", ""])
def test_an_invalid_port_is_refused_by_name(settings, monkeypatch, port):
    settings.DEBUG = True
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="is no port"):
        run("--no-serve")


def database_url() -> str:
    """The address of the database the tests run on."""
    given = connection.get_connection_params()
    login = quote(given["user"]) + (f":{quote(given['password'])}" if given.get("password") else "")
    return f"postgresql://{login}@/{given['dbname']}?{urlencode({'host': given['host'], 'port': given['port']})}"


def answers(address: str) -> bool:
    """Whether the server is up."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own server
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def is_served(process, address):
    """Whether the process answers there. Fails when it has ended."""
    assert process.poll() is None, process.stdout.read()
    return answers(address)


def tables() -> tuple[int, int, int]:
    """How much is in the history, the log and the list of people."""
    return Change.objects.count(), Record.objects.count(), User.objects.count()


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_demo_serves_until_it_is_interrupted_and_a_second_run_changes_nothing(settings, monkeypatch):
    with taken_port() as listener:
        port = listener.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DEBUG": "1", "PORT": str(port), "DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_until(lambda: is_served(process, f"{site}/readyz"), 90, every=0.2)
        assert Record.objects.first().document()["claim"]["url"].startswith(f"{site}/claims/")
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert process.returncode == 0, printed
    assert "Traceback" not in printed
    assert not answers(f"{site}/readyz")

    assert "Loaded 5 articles with 38 claims." in printed
    for address in (f"{site}/\n", f"{site}/admin/\n", f"{site}/api/v1/docs/\n"):
        assert address in printed
    assert "reporter, checker, editor or admin. The password is factcheck-demo" in printed
    admin = User.objects.get(username="admin")
    assert (admin.is_superuser, [group.name for group in admin.groups.all()]) == (True, ["Administrator"])

    settings.DEBUG = True
    monkeypatch.setenv("PORT", str(port))
    before = tables()
    again = run("--no-serve")
    assert "The demo is loaded already; nothing was changed." in again
    assert f"{site}/admin/\n" in again
    assert tables() == before

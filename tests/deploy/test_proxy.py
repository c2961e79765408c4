"""The files for nginx, with a real nginx on loopback, a certificate signed here, and the real site behind it."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bench import serving
from tests.demo.test_demo import database_url
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
OPENSSL = shutil.which("openssl")
SECURITY = ("Strict-Transport-Security", "X-Content-Type-Options", "Content-Security-Policy", "X-Frame-Options")
HOST = "facts.example.org"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None or OPENSSL is None, reason="nginx and openssl are not both installed"),
]


def free_ports(count: int) -> list[int]:
    with_ports = [socket.socket() for _ in range(count)]
    for each in with_ports:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in with_ports]
    for each in with_ports:
        each.close()
    return ports


def configured(folder: Path, *, plain: int, tls: int, web: int) -> Path:
    """The product's own files below ``folder``, with other ports and folders than in production and nothing else."""
    (folder / "tls").mkdir()
    certificate = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    names = ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", "tls/privkey.pem", "-out", "tls/fullchain.pem"]
    subprocess.run([*map(str, certificate), *names], cwd=folder, check=True, capture_output=True)
    for file in (ROOT / "deploy" / "nginx").glob("*.conf"):
        text = file.read_text().replace("/etc/nginx/factcheck/", f"{folder}/").replace("/var/log/nginx/", f"{folder}/")
        text = text.replace("root /var/lib/factcheck;", f"root {folder}/var;")
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
        text = text.replace("listen 80", f"listen 127.0.0.1:{plain}").replace("listen 443", f"listen 127.0.0.1:{tls}")
        # The first process of the two is the one that is away.
        (folder / file.name).write_text(text.replace(":8001", ":1").replace(":8002", f":{web}"))
    main = folder / "nginx.conf"
    as_root = "user root; " if os.geteuid() == 0 else ""  # the tests' folders are closed to others
    main.write_text(
        f"{as_root}pid {folder}/nginx.pid; daemon off; events {{}} "
        f"http {{ include /etc/nginx/mime.types; include {folder}/factcheck.conf; }}"
    )
    return main


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: Any) -> Iterator[dict[str, Any]]:
    """nginx and one web process; the other web process of the two is away."""
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o755)
    (folder / "var").mkdir()
    plain, tls, web = free_ports(3)
    main = configured(folder, plain=plain, tls=tls, web=web)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
        **{"DEBUG": "0", "SECRET_KEY": "only-for-this-test" * 4, "SITE_URL": f"https://{HOST}"},
        **{"ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1", "WEB_PORT": str(web), "WEB_WORKERS": "1"},
        **{"VAR_DIR": str(folder / "var"), "LOG_LEVEL": "ERROR", "READERS_DATABASE_URL": ""},
        **{"METRICS_NETWORKS": "127.0.0.0/8"},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": database_url(),
    }
    serving.collect_static(environment)
    with (folder / "web.log").open("wb") as log:
        served = subprocess.Popen([str(ROOT / "deploy" / "serve-web")], env=environment, stdout=log, stderr=log)
    proxy = subprocess.Popen([str(NGINX), "-c", str(main), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        check = [str(ROOT / "deploy" / "check-web"), "--wait", "60"]
        subprocess.run([sys.executable, *check], env=environment, check=True)
        wait_until(lambda: (folder / "nginx.pid").exists())
        yield {"folder": folder, "plain": plain, "tls": tls, "main": main}
    finally:
        for process in (proxy, served):
            process.terminate()
            process.wait(timeout=30)


class Connection(http.client.HTTPConnection):
    """To 127.0.0.1, and inside TLS to the site by its name."""

    trusted: ssl.SSLContext | None = None

    def connect(self) -> None:
        super().connect()
        if self.trusted:
            self.sock = self.trusted.wrap_socket(self.sock, server_hostname=HOST)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(site: dict[str, Any], path: str, *, secure: bool = True, **headers: str) -> Answer:
    connection = Connection("127.0.0.1", site["tls"] if secure else site["plain"], timeout=30)
    if secure:
        connection.trusted = ssl.create_default_context(cafile=str(site["folder"] / "tls" / "fullchain.pem"))
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Host": HOST, **headers})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def test_nginx_accepts_the_configuration(site: dict[str, Any]) -> None:
    run = subprocess.run([str(NGINX), "-t", "-c", str(site["main"])], capture_output=True, text=True, timeout=30)
    assert run.returncode == 0, run.stderr
    assert "[warn]" not in run.stderr.replace('the "user" directive', "")


def test_http_leads_to_https(site: dict[str, Any]) -> None:
    answer = ask(site, "/claims/?q=a", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/claims/?q=a")


@pytest.mark.parametrize("letter", ["ж", "字", "\N{GRINNING FACE}"])
def test_a_search_of_5000_characters_is_answered(site: dict[str, Any], letter: str) -> None:
    asked = "/claims/?q=" + quote(letter * 5000)
    answer = ask(site, asked)
    assert (answer.status, letter.encode() in answer.body) == (200, True)
    led = ask(site, asked, secure=False)
    assert (led.status, led.headers["Location"]) == (301, f"https://{HOST}{asked}")


def test_the_metrics_are_not_for_the_public(site: dict[str, Any]) -> None:
    assert ask(site, "/metrics").status == 404


def test_the_proxy_makes_the_id_of_each_request(site: dict[str, Any]) -> None:
    answer = ask(site, "/claims/", **{"X-Request-ID": "chosen-by-the-client"})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_pages_come_compressed_with_each_security_header_once_though_one_process_is_away(site: dict[str, Any]) -> None:
    for _ in range(4):
        answer = ask(site, "/claims/", **{"Accept-Encoding": "gzip"})
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
        for name in (
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "X-Frame-Options",
        ):
            assert len(answer.headers.get_all(name) or ()) == 1, name


def test_collected_files_come_from_nginx_and_are_cached_for_good(site: dict[str, Any]) -> None:
    page = ask(site, "/claims/").body.decode()
    style = re.search(r"/static/[^\"]+\.[0-9a-f]{12}\.css", page)
    assert style
    answer = ask(site, style[0], **{"Accept-Encoding": "gzip"})
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.headers.get_all("X-Content-Type-Options") or ()) == 1
    assert ask(site, "/static/no-such-file.css").status == 404


def test_a_request_for_another_host_gets_no_answer(site: dict[str, Any]) -> None:
    with pytest.raises(OSError, match=r"closed|reset|Remote end"):
        ask(site, "/", secure=False, Host="other.example.org")


def test_secrets_in_addresses_are_in_no_log(site: dict[str, Any]) -> None:
    ask(site, "/expert/SECRET-of-a-link/")
    ask(site, "/az/expert/SECRET-of-a-link/")
    ask(site, "/reports/SECRET-of-a-report/")
    ask(site, "/admin/account/invitation/SECRET-of-an-invitation/")
    ask(site, "/claims/?seen=1")
    log = site["folder"] / "access.log"
    wait_until(lambda: "seen=1" in log.read_text())
    assert "SECRET" not in log.read_text() + (site["folder"] / "error.log").read_text()


def test_what_a_client_says_about_itself_is_replaced(site: dict[str, Any]) -> None:
    """The site would take a forged host or scheme for true, and limits would count forged addresses."""
    forged = {"X-Forwarded-Host": "evil.example.org", "X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.9"}
    answer = ask(site, "/claims/", **forged)
    assert answer.status == 200, "with the forged scheme the site would redirect"
    assert "evil.example.org" not in answer.body.decode()


def test_a_client_of_the_change_feed_may_wait(site: dict[str, Any]) -> None:
    assert ask(site, "/api/v1/changes/?wait=1").status == 200


def test_a_body_that_is_too_large_is_refused_by_the_proxy(site: dict[str, Any]) -> None:
    assert ask(site, "/admin/login/", **{"Content-Length": str(17 * 1024 * 1024)}).status == 413

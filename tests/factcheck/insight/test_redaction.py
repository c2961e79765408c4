"""No secret gets into a log line: not of an address, a header, a database, nor of the settings."""

import json
import logging
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from factcheck.insight import log_lines, redaction
from tests.factcheck.insight.conftest import Lines

ADDRESSES = Path(__file__).parents[2] / "addresses.txt"
SECRET = "Zx9-aSecretOfSomebody"
KEY = "fcp_Ab12Cd34" + "x" * 35
#: Parameters of addresses that open something to whoever has them. Of these, only the last is a public word.
SECRET_PARAMETERS = {"token", "secret", "key", "reference"}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>((?:[^()]|\([^()]*\))*)\)")
_PUBLIC = ("desk", "about|", "/together/", "/step/", "/comments/", "/second/", "/scale/")


def with_secrets() -> list[str]:
    """Each address that has a secret in its path, with ``SECRET`` there."""
    found = []
    for line in ADDRESSES.read_text(encoding="utf-8").splitlines():
        names = [match[1] or match[2] for match in _PARAMETER.finditer(line)]
        if SECRET_PARAMETERS & set(names) and not any(word in line for word in _PUBLIC):
            found.append(_PARAMETER.sub(_filled, line).replace("^", "").replace("$", ""))
    return found


def _filled(match: re.Match[str]) -> str:
    return SECRET if (match[1] or match[2]) in SECRET_PARAMETERS else "7"


def test_the_walk_has_all_kinds_of_secrets() -> None:
    assert with_secrets() == [
        f"/admin/account/password/reset/key/7-{SECRET}/",
        f"/admin/account/invitation/{SECRET}/",
        f"/expert/{SECRET}/",
        f"/follow/{SECRET}/",
        f"/follow/{SECRET}/stop/",
        f"/reports/{SECRET}/",
        f"/suggestions/{SECRET}/",
        f"/unsubscribe/{SECRET}/",
    ]


@pytest.mark.django_db(databases=["default", "readers"])
@pytest.mark.parametrize("address", with_secrets())
def test_no_line_has_the_secret_of_an_address(address: str, lines: Lines) -> None:
    client = Client(raise_request_exception=False)
    for asked in (address, "/az" + address, address.rstrip("/"), address + "more/", address.replace("/Zx", "//Zx")):
        for method in (client.get, client.post, client.put):
            method(f"{asked}?again={SECRET}", headers={"Referer": f"http://testserver{address}", "Cookie": SECRET})
            written = lines()
            assert written, asked
            assert SECRET not in json.dumps(written)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {SECRET}",
        f"Authorization: Basic {SECRET}",
        f"Cookie: theme=dark; sessionid={SECRET}",
        f"{{'sessionid': '{SECRET}'}}",
        f"csrftoken={SECRET}; path=/",
        f"connection to postgresql://factcheck:{SECRET}@db.example:5432/facts failed",
        f"redis://:{SECRET}@10.0.0.1:6379/0",
        f"host=db.example user=factcheck password={SECRET} dbname=facts",
        f"https://{SECRET}@sentry.example/1",
        f"GET /admin/account/oidc/newsroom/login/callback/?code={SECRET}&state=x",
        f"https://partner.example/hook?key={SECRET}",
        f"a key fcp_{SECRET} and more",
        f"whsec_{SECRET} rotated",
        f"PRIVATE+KEY+facts.example/log+{SECRET}",
        f"https://facts.example/expert/{SECRET}/ was opened",
    ],
)
def test_a_secret_that_can_be_told_by_its_form_is_taken_out(text: str) -> None:
    assert SECRET not in redaction.redact(text)
    error: Any = ValueError(text)
    try:
        raise error
    except ValueError:
        record = logging.LogRecord("x", 40, "", 0, "Failed: %s", (text,), sys.exc_info())
    for formatter in (log_lines.JsonFormatter(), log_lines.TextFormatter("{levelname} {message}", style="{")):
        line = formatter.format(record)
        assert SECRET not in line
        assert "ValueError" in line
    json.loads(log_lines.JsonFormatter().format(record))


@pytest.mark.parametrize(
    "piece", ["/", "a.", "a", "://", "?", "/expert/", "secret ", "x@", "cookie", "bearer ", "sessionid=", "a.b@c."]
)
def test_a_long_text_of_a_stranger_takes_no_longer_than_its_length(piece: str) -> None:
    def cost(length: int) -> float:
        text, spent = piece * (length // len(piece)), []
        for _ in range(5):
            began = time.process_time()
            redaction.redact_all(text)
            spent.append(time.process_time() - began)
        return min(spent)

    assert cost(64_000) < 8 * cost(16_000) + 0.01, "four times the text; sixteen times would be a square"


def test_usual_lines_stay_as_they_are() -> None:
    for text in (
        "Is it true? We asked, and/or so it seems. (Really?)",
        "GET /claims/the-bridge/ 200",
        "/admin/articles/article/0f1e2d3c-0000-4000-8000-00000000abcd/suggestions/accept/",
        "failed: account 7 from 203.0.113.0/24",
        "The secret of the basic rules",
    ):
        assert redaction.redact(text) == text


def test_secrets_of_the_settings_are_taken_out(settings: Any) -> None:
    settings.CHAT_WEBHOOK_URL = "https://chat.example/hooks/T000/B000/XXXXXXXX"
    settings.DATABASES["default"]["PASSWORD"], before = "pa55-of-the-desk", settings.DATABASES["default"]["PASSWORD"]
    try:
        redaction.hide(redaction.configured(settings))
        for secret in (settings.SECRET_KEY, settings.CHAT_WEBHOOK_URL, "pa55-of-the-desk"):
            assert redaction.redact(f"<{secret}>") == "<…>"
    finally:
        settings.DATABASES["default"]["PASSWORD"] = before
        redaction.hide([])


@pytest.mark.parametrize("address", [f"/claims/{KEY}/", f"/claims/{KEY.replace('_', '%5F', 1)}/", f"/{KEY}"])
def test_a_key_in_an_address_is_cut_to_the_beginning_by_which_it_is_revoked(address: str) -> None:
    line = redaction.redact(f"Not Found: {address}")
    assert "Ab12Cd34…" in line
    assert "xxxx" not in line


def test_words_that_are_no_keys_are_kept() -> None:
    assert redaction.redact("/claims/fcp_short/") == "/claims/fcp_short/"

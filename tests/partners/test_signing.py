"""Signatures as Standard Webhooks 1.0.0 defines them, checked against its vector and its own library."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from standardwebhooks import Webhook, WebhookVerificationError

from partners.services import signing


def test_the_vector_of_the_standard():
    signature = signing.sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def signed(*secrets, body=b'{"type":"claim.corrected"}'):
    now = int(datetime.now(UTC).timestamp())
    return body, signing.headers(secrets, message_id="msg_1_2_3", timestamp=now, body=body)


def test_a_partner_with_the_standards_library_accepts_it():
    secret = signing.new_secret()
    body, headers = signed(secret)
    assert Webhook(secret).verify(body, headers) == json.loads(body)


def test_and_refuses_a_changed_byte():
    secret = signing.new_secret()
    body, headers = signed(secret)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"corrected", b"retracted"), headers)


def test_while_a_secret_is_replaced_both_verify():
    old, new = signing.new_secret(), signing.new_secret()
    body, headers = signed(new, old)
    assert [bool(Webhook(secret).verify(body, headers)) for secret in (old, new)] == [True, True]


def test_a_stored_secret_is_unreadable_without_the_secret_key(settings):
    secret = signing.new_secret()
    sealed = signing.seal(secret)
    assert secret.removeprefix("whsec_").encode() not in sealed
    assert signing.unseal(sealed) == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9
    assert signing.unseal(sealed) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        signing.unseal(sealed)


def test_the_lines_in_the_guide_verify_it():
    """The code a partner copies is run as it stands."""
    guide = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    names = {}
    exec(code, names)  # noqa: S102 - our own guide
    old, new = signing.new_secret(), signing.new_secret()
    body, headers = signed(new, old)
    assert names["verified"](old, headers, body)
    assert not names["verified"](signing.new_secret(), headers, body)
    assert not names["verified"](old, headers, body + b" ")
    assert not names["verified"](old, {**headers, "webhook-timestamp": "1614265330"}, body)

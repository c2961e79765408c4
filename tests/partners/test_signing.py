"""Signatures as Standard Webhooks 1.0.0 defines them, checked against its vector and its own library."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from standardwebhooks import Webhook, WebhookVerificationError

from partners.services import signing


def test_a_shared_secret_signs_the_standards_test_vector():
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


def test_the_standards_library_accepts_our_signature():
    secret = signing.new_secret()
    body, headers = signed(secret)
    assert Webhook(secret).verify(body, headers) == json.loads(body)


def test_a_body_with_a_changed_byte_fails_verification():
    secret = signing.new_secret()
    body, headers = signed(secret)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"corrected", b"retracted"), headers)


def test_during_a_rotation_both_secrets_verify():
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


def test_a_key_pair_signs_the_standards_test_vector():
    """The pair and signature that implementations of ``v1a`` are tested with."""
    signature = signing.sign(
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    expected = "hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
    assert signature == f"v1a,{expected}"


def guide(which):
    """The functions a partner copies, as they stand."""
    text = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
    names = {}
    exec(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[which], names)  # noqa: S102 - our own guide
    return names["verified"]


def test_the_guides_code_verifies_a_shared_secret_signature():
    old, new = signing.new_secret(), signing.new_secret()
    body, headers = signed(new, old)
    verified = guide(0)
    assert verified(old, headers, body)
    assert not verified(signing.new_secret(), headers, body)
    assert not verified(old, headers, body + b" ")
    assert not verified(old, {**headers, "webhook-timestamp": "1614265330"}, body)


def test_the_guides_code_verifies_a_public_key_signature():
    (private, public), secret = signing.new_pair(), signing.new_secret()
    body, headers = signed(private, secret)
    verified = guide(1)
    assert verified(public, headers, body)
    assert not verified(signing.new_pair()[1], headers, body)
    assert not verified(public, headers, body + b" ")
    assert not verified(public, {**headers, "webhook-timestamp": "1614265330"}, body)
    assert guide(0)(secret, headers, body)
    assert private.removeprefix("whsk_").encode() not in signing.seal(private)

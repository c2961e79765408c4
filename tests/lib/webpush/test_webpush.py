"""Messages to browsers: the example of RFC 8291, what a browser reads, and what a push service sees."""

import base64
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from lib.webpush import encryption, receiver, signing
from lib.webpush.receiver import BadKeysError, decoded, encoded
from lib.webpush.signing import BadSigningKeyError
from tests.lib.webpush.browser import BrowserKeys

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(text, 32), "big"), ec.SECP256R1())


def test_the_example_of_the_standard_comes_out_byte_by_byte():
    """RFC 8291, section 5 and appendix A."""
    browser = BrowserKeys(
        private=key("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), secret=decoded("BTBZMqHH6r4Tts7J_aSIgg", 16)
    )
    to = receiver.read(**browser.given())
    sender, salt = key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), decoded("DGv6ra1nlYgDCS1FRnbzlw", 16)
    body = encryption.encrypt(b"When I grow up, I want to be a watermelon", to, sender=sender, salt=salt)
    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert browser.read(body) == b"When I grow up, I want to be a watermelon"


def test_a_message_is_read_by_its_browser_alone_and_two_of_one_length_look_alike():
    browser, other = BrowserKeys(), BrowserKeys()
    to = receiver.read(**browser.given())
    short, long = (encryption.encrypt(text.encode(), to, length=2000) for text in ("Corrected", "Ավելի երկար " * 20))
    assert len(short) == len(long) <= encryption.MAX_BODY
    assert browser.read(short) == b"Corrected"
    assert browser.read(long).decode() == "Ավելի երկար " * 20
    assert short[:16] != encryption.encrypt(b"Corrected", to)[:16], "each message has a salt of its own"
    with pytest.raises(InvalidTag):
        other.read(short)


def test_the_longest_message_fills_a_body_and_a_longer_one_is_refused():
    to = receiver.read(**BrowserKeys().given())
    assert len(encryption.encrypt(b"x" * encryption.MAX_MESSAGE, to)) == encryption.MAX_BODY
    for message, length in ((b"x" * (encryption.MAX_MESSAGE + 1), 0), (b"x", encryption.MAX_MESSAGE + 1)):
        with pytest.raises(ValueError, match="too long"):
            encryption.encrypt(message, to, length=length)


GOOD = BrowserKeys().given()


@pytest.mark.parametrize(
    "wrong",
    [
        {"auth": ""},
        {"auth": GOOD["auth"][:-2]},
        {"auth": GOOD["auth"] + "AA"},
        {"auth": "ключ" * 6},
        {"p256dh": ""},
        {"p256dh": "A"},
        {"p256dh": GOOD["p256dh"][:-4]},
        {"p256dh": GOOD["p256dh"] + "\n"},
        {"p256dh": encoded(b"\x04" + b"\x01" * 64)},
        {"p256dh": encoded(b"\x00" * 65)},
        {"p256dh": encoded(b"\x02" + b"\x01" * 32)},
        {"p256dh": base64.b64encode(b"\xff" * 65).decode()},
    ],
)
def test_what_is_no_key_of_a_browser_is_refused(wrong):
    with pytest.raises(BadKeysError):
        receiver.read(**GOOD | wrong)


def test_a_push_service_can_verify_who_sends_and_until_when():
    site = signing.generate()
    header = site.authorization("https://push.example:8443/to/abc?x=1", contact="mailto:desk@news.example", at=NOW)
    scheme, _, rest = header.partition(" ")
    parts = dict(one.split("=", 1) for one in rest.split(", "))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"], 65))
    said = jwt.decode(
        parts["t"], public, ["ES256"], audience="https://push.example:8443", options={"verify_exp": False}
    )
    assert scheme == "vapid"
    assert parts["k"] == site.public_text()
    assert said["sub"] == "mailto:desk@news.example"
    assert NOW < datetime.fromtimestamp(said["exp"], UTC) < NOW + timedelta(hours=24)


def test_a_key_is_read_again_from_its_text():
    made = signing.generate()
    again = signing.read(made.secret_text())
    assert again.public_text() == made.public_text()
    assert len(decoded(again.public_text(), 65)) == 65


@pytest.mark.parametrize("text", ["", "x", "A" * 43, encoded(b"\xff" * 32), encoded(b"\x01" * 31), "Ä" * 43])
def test_what_is_no_signing_key_is_refused(text):
    with pytest.raises(BadSigningKeyError):
        signing.read(text)

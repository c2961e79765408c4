"""Requests to receivers that do everything wrong: each ends in time, with a word for what happened."""

import contextlib
import gzip
import ipaddress
import resource
import ssl
import time
import zlib

import pytest
from cryptography import x509

from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy
from tests.lib.safehttp.receivers import OK, answer, certificate, drip, hang, pour, read_request, receiver, reset

HERE = Policy(http=True, loopback=True)
SHORT = Limits(total_seconds=1.0, max_bytes=2048)


def post(url, policy=HERE, limits=SHORT):
    return client.post(url, body=b"{}", headers={"webhook-id": "msg_1"}, policy=policy, limits=limits)


def test_a_request_is_sent_with_exactly_these_headers():
    seen = []

    def keep(wire):
        seen.append(read_request(wire))
        wire.sendall(OK)

    with receiver(keep) as there:
        got = post(there.url + "?a=b c".replace(" ", "%20"))
    assert (got.status, got.content, got.cut) == (200, b"ok", False)
    head, content = seen[0].split(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b"POST /hook?a=b%20c HTTP/1.1"
    assert f"host: 127.0.0.1:{there.port}".encode() in head.lower()
    assert b"accept-encoding: identity" in head.lower()
    assert content == b"{}"


HOSTILE = {
    "hangs": (hang, "timeout"),
    "drips": (drip, "timeout"),
    "stops in the middle": (answer(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), "connection_lost"),
    "says nothing": (answer(b""), "connection_lost"),
    "resets": (reset, "connection_lost"),
    "is no HTTP": (answer(b"220 mail.example ESMTP\r\n\r\n"), "bad_answer"),
    "endless header": (pour(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 9999), "bad_answer"),
    "endless headers": (pour(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 999), "bad_answer"),
    "endless interim answers": (pour(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 99), "too_large"),
    "endless chunk framing": (
        pour(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 999 + b"\r\nx\r\n"),
        "too_large",
    ),
}


@pytest.mark.parametrize(("act", "word"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_receiver_costs_no_more_than_the_limit(act, word):
    with receiver(act) as there:
        begun = time.monotonic()
        with pytest.raises(OutboundError) as refused:
            post(there.url)
        assert time.monotonic() - begun < 20
    assert refused.value.code == word


def test_an_endless_body_is_cut_for_post_and_refused_for_fetch():
    with receiver(pour(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 9999)) as there:
        got = post(there.url)
        assert (got.status, len(got.content), got.cut) == (200, 2048, True)
        with pytest.raises(OutboundError) as refused:
            client.fetch(there.url, policy=HERE, limits=SHORT)
    assert refused.value.code == "too_large"


def test_truncated_compressed_content_is_refused():
    packed = gzip.compress(b"The first half. The second half.")
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    for part, works in ((packed, True), (packed[:-12], False), (b"", True)):
        with receiver(answer(head % len(part) + part)) as there:
            if works:
                assert client.fetch(there.url, policy=HERE, limits=SHORT).content == (gzip.decompress(part))
            else:
                with pytest.raises(OutboundError) as refused:
                    client.fetch(there.url, policy=HERE, limits=SHORT)
                assert refused.value.code == "bad_answer"


@pytest.mark.parametrize("coding", [b"br", b"gzip", b"deflate"])
def test_post_keeps_the_status_when_the_body_cannot_be_decompressed(coding):
    head = b"HTTP/1.1 202 Accepted\r\nContent-Encoding: %s\r\nContent-Length: 5\r\n\r\n" % coding
    with receiver(answer(head + b"thing")) as there:
        got = post(there.url)
        assert (got.status, got.content, got.cut) == (202, b"", True)
        with pytest.raises(OutboundError) as refused:
            client.fetch(there.url, policy=HERE, limits=SHORT)
    assert refused.value.code == "bad_answer"


def test_the_size_limit_counts_decompressed_bytes():
    pack = zlib.compressobj(wbits=31)
    bomb = pack.compress(b"\0" * 5_000_000) + pack.flush()
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    with receiver(answer(head + bomb)) as there:
        got = post(there.url)
    assert (len(got.content), got.cut) == (2048, True)


def test_a_closed_port_is_connect_failed():
    with receiver(answer(OK)) as there:
        pass
    with pytest.raises(OutboundError) as refused:
        post(there.url)
    assert refused.value.code == "connect_failed"


@contextlib.contextmanager
def no_descriptor_left():
    """This process can open nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_an_error_while_opening_a_socket_is_connect_failed():
    with receiver(answer(OK)) as there, pytest.raises(OutboundError) as refused, no_descriptor_left():
        post(there.url)
    assert refused.value.code == "connect_failed"


REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"


def test_post_does_not_follow_redirects():
    with receiver(answer(REDIRECT % b"http://169.254.169.254/")) as there:
        assert post(there.url).status == 302


@pytest.mark.parametrize(
    ("location", "word"),
    [
        (b"http://169.254.169.254/latest/meta-data/", "address_refused"),
        (b"//10.0.0.1/", "address_refused"),
        (b"file:///etc/passwd", "bad_url"),
        (b"http://[::1", "bad_url"),
        (b"/again", "too_many_redirects"),
    ],
)
def test_every_redirect_target_is_checked(location, word):
    with receiver(answer(REDIRECT % location)) as there, pytest.raises(OutboundError) as refused:
        client.fetch(there.url, redirects=3, policy=HERE, limits=SHORT)
    assert refused.value.code == word


def test_fetch_follows_redirects_up_to_the_given_number():
    with receiver(answer(REDIRECT % b"/moved"), answer(OK)) as there:
        assert client.fetch(there.url, redirects=1, policy=HERE, limits=SHORT).url.endswith("/moved")
    with receiver(answer(REDIRECT % b"/moved"), answer(OK)) as there, pytest.raises(OutboundError):
        client.fetch(there.url, policy=HERE, limits=SHORT)


def test_an_untrusted_certificate_is_refused(tmp_path):
    tls, _ = certificate(tmp_path, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    with receiver(answer(OK), tls=tls) as there, pytest.raises(OutboundError) as refused:
        post(there.url)
    assert refused.value.code == "tls_failed"
    assert "certificate" in str(refused.value)


def test_a_trusted_certificate_for_another_name_is_refused(tmp_path):
    for name, works in ((x509.IPAddress(ipaddress.ip_address("127.0.0.1")), True), (x509.DNSName("else.test"), False)):
        tls, trusted = certificate(tmp_path, name)
        policy = Policy(loopback=True, tls=ssl.create_default_context(cafile=str(trusted)))
        with receiver(answer(OK), tls=tls) as there:
            if works:
                assert post(there.url, policy=policy).status == 200
            else:
                with pytest.raises(OutboundError) as refused:
                    post(there.url, policy=policy)
                assert refused.value.code == "tls_failed"


def test_a_silent_tls_server_is_a_timeout(tmp_path):
    with receiver(hang) as there:
        begun = time.monotonic()
        with pytest.raises(OutboundError) as refused:
            post(there.url.replace("http:", "https:"))
    assert refused.value.code == "timeout"
    assert time.monotonic() - begun < 20

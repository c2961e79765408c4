"""Which addresses are never reached, however they are written."""

import ipaddress
import time

import pytest

from lib.safehttp.connections import Deadline, admitted, resolve
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Policy, is_public
from lib.safehttp.targets import parse

INSIDE = """0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9
224.0.0.1 239.1.2.3 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:100.64.0.1
64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1
fec0::1 ff02::1""".split()  # noqa: SIM905
OUTSIDE = """1.1.1.1 93.184.216.34 172.32.0.1 100.128.0.1 ::ffff:1.1.1.1 2606:4700::1111 2a00:1450::1
2001:4860::8""".split()  # noqa: SIM905


def test_private_and_reserved_addresses_are_not_public():
    assert [address for address in INSIDE if is_public(ipaddress.ip_address(address))] == []


def test_addresses_of_the_internet_are_public():
    assert [address for address in OUTSIDE if not is_public(ipaddress.ip_address(address))] == []


def test_loopback_is_admitted_only_on_request_and_nothing_else_is_with_it():
    policy = Policy(loopback=True)
    admitted_now = [a for a in INSIDE if policy.admits(ipaddress.ip_address(a))]
    assert admitted_now == ["127.0.0.1", "127.8.8.8", "::1"]
    assert not any(Policy().admits(ipaddress.ip_address(a)) for a in INSIDE)


BAD = {
    "user name": "https://a@example.org/",
    "password": "https://a:b@example.org/",
    "backslash": "https://example.org\\@inside/",
    "line end": "https://example.org/\r\nHost: inside",
    "NUL": "https://example.org/\x00",
    "space": "https://exam ple.org/",
    "half a surrogate": "https://example.org/\ud800",
    "no scheme": "//example.org/",
    "http": "http://example.org/",
    "file": "file:///etc/passwd",
    "gopher": "gopher://example.org/",
    "no host": "https:///path",
    "port": "https://example.org:8443/",
    "port 22": "https://example.org:22/",
    "no port": "https://example.org:x/",
    "huge port": "https://example.org:99999999/",
    "one number": "https://2130706433/",
    "hexadecimal": "https://0x7f000001/",
    "octal": "https://0177.0.0.1/",
    "two parts": "https://127.1/",
    "leading zero": "https://1.1.1.01/",
    "hex part": "https://1.1.1.0x1/",
    "dot at the end": "https://1.1.1.1./",
    "fullwidth digits": "https://１.１.１.１/",
    "circled digits": "https://①.①.①.①/",
    "not IDNA": "https://exa\u2024mple\u200d.org/",
    "empty label": "https://example..org/",
    "hyphen first": "https://-example.org/",
    "long label": f"https://{'a' * 64}.org/",
    "percent in the host": "https://exam%70le.org/",
    "zone": "https://[fe80::1%25eth0]/",
    "IPv6 not canonical": "https://[2606:4700:0::1111]/",
    "half a bracket": "https://[::1/",
    "IPvFuture": "https://[v1.x]/",
    "long": "https://example.org/" + "a" * 5000,
}


def code_of(url):
    """The code with which an address is refused; nothing for one that is taken."""
    try:
        parse(url, Policy())
    except OutboundError as refused:
        return refused.code
    return ""


def test_malformed_and_ambiguous_urls_are_refused_as_bad_url():
    assert {name: code for name, url in BAD.items() if (code := code_of(url)) != "bad_url"} == {}


def test_private_address_literals_are_refused_without_a_look_up():
    for address in INSIDE:
        host = f"[{address}]" if ":" in address else address
        with pytest.raises(OutboundError) as refused:
            parse(f"https://{host}/", Policy())
        assert refused.value.code in ("address_refused", "bad_url")


def test_a_valid_url_is_normalised():
    target = parse("https://Exämple.org/ä/%C3%A4?q=ü&r=1#part", Policy())
    assert (target.host, target.port, target.authority) == ("xn--exmple-cua.org", 443, "xn--exmple-cua.org")
    assert target.path == "/%C3%A4/%C3%A4?q=%C3%BC&r=1"
    assert parse("https://[2606:4700::1111]/", Policy()).authority == "[2606:4700::1111]"
    assert parse("http://example.org", Policy(http=True)).path == "/"


def test_one_private_address_among_public_ones_refuses_the_host():
    good, bad = (ipaddress.ip_address(a) for a in ("1.1.1.1", "10.0.0.1"))
    assert admitted([good, good], Policy()) == [good]
    with pytest.raises(OutboundError) as refused:
        admitted([good, bad], Policy())
    assert refused.value.code == "address_refused"


def test_a_host_name_of_a_private_address_is_refused():
    with pytest.raises(OutboundError) as refused:
        resolve(parse("https://localhost/", Policy()), Policy(), Deadline(5))
    assert refused.value.code == "address_refused"


def test_the_error_of_an_unknown_host_does_not_repeat_the_resolvers_text():
    begun = time.monotonic()
    with pytest.raises(OutboundError) as refused:
        resolve(parse("https://nowhere.invalid/", Policy()), Policy(), Deadline(2))
    assert refused.value.code in ("unknown_host", "timeout")
    assert "nowhere" not in str(refused.value)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("address", ["10.0.0.5", "127.0.0.1", "169.254.1.1", "fd00::1"])
def test_only_a_policy_for_the_operators_addresses_admits_private_ones(address: str) -> None:
    literal = f"[{address}]" if ":" in address else address
    named = parse(f"http://{literal}:6081/", Policy(http=True, any_address=True))
    assert (str(named.literal), named.port) == (address, 6081)
    with pytest.raises(OutboundError):
        parse(f"http://{literal}/", Policy(http=True))

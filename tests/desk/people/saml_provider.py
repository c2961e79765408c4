"""A small SAML identity provider: reads a request, writes a response and signs it with a key of its own."""

import base64
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY_ID, SSO_URL = "https://id.newsroom.example/saml", "https://id.newsroom.example/saml/sign-in"
_RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{id}r" Version="2.0" IssueInstant="{now}"
 Destination="{acs}" InResponseTo="{request}"><saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></samlp:Status>{assertion}</samlp:Response>"""
_ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{id}a" Version="2.0"
 IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject><saml:NameID
 Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID><saml:SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="{request}"
 NotOnOrAfter="{until}" Recipient="{acs}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions
 NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience>
 </saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_{id}s">
 <saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password
</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}
</saml:AttributeStatement></saml:Assertion>"""


@dataclass
class Provider:
    """What it says about the person; ``fault`` is what is wrong with its responses."""

    attributes: dict[str, list[str]] = field(default_factory=dict)
    subject: str = "248289"
    fault: str = ""
    key: Any = field(default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def certificate(self) -> str:
        """The certificate of its key, as PEM."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "id.newsroom.example")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
        made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def answer(self, address: str, *, entity_id: str) -> str:
        """The signed response to the request at ``address``, as it is posted; ``entity_id`` names the desk."""
        [packed] = parse_qs(urlsplit(address).query)["SAMLRequest"]
        request = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        now = datetime.now(UTC) - timedelta(hours=2 if self.fault == "expired" else 0)
        values = {
            "id": secrets.token_hex(16),
            "now": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "since": f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}",
            "until": f"{now + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
            "acs": request.get("AssertionConsumerServiceURL"),
            "request": request.get("ID"),
            "issuer": "https://elsewhere.example" if self.fault == "issuer" else ENTITY_ID,
            "audience": "https://other.example" if self.fault == "audience" else entity_id,
            "subject": self.subject,
            "attributes": "".join(map(_attribute, self.attributes, self.attributes.values())),
            "status": "Responder" if self.fault == "denied" else "Success",
        }
        assertion = self._signed(_ASSERTION.format(**values)) if self.fault != "denied" else ""
        if self.fault == "changed":
            assertion = assertion.replace("ada@factcheck.example", "eve@factcheck.example")
        return base64.b64encode(_RESPONSE.format(**values, assertion=assertion).encode()).decode()

    def _signed(self, assertion: str) -> str:
        if self.fault == "unsigned":
            return assertion
        signer = Provider() if self.fault == "other key" else self
        formats = (serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
        key = signer.key.private_bytes(serialization.Encoding.PEM, *formats).decode()
        signed: bytes = OneLogin_Saml2_Utils.add_sign(assertion, key, signer.certificate())
        return signed.decode()


def _attribute(name: str, values: list[str]) -> str:
    inside = "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
    return f'<saml:Attribute Name="{name}">{inside}</saml:Attribute>'

"""Single sign-on with SAML from environment variables."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

#: Part of the addresses that the provider is given: ``…/admin/account/saml/newsroom/acs/``.
SLUG = "newsroom"
#: Attributes in which providers send these; the first one that is there counts.
_EMAIL = (
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "email",
    "mail",
)
_FIRST = ("urn:oid:2.5.4.42", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "givenName")
_LAST = ("urn:oid:2.5.4.4", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "sn")


def provider(env: Env) -> dict[str, Any]:
    """Allauth's settings of its provider ``saml``; empty without ``SAML_ENTITY_ID``. Stops the start when half set."""
    entity_id = env.str("SAML_ENTITY_ID", "")
    if not entity_id:
        return {}
    if not (find_spec("onelogin") and find_spec("xmlsec")):
        raise ImproperlyConfigured("SAML_ENTITY_ID needs more packages: pip install -r requirements-saml.txt")
    app = {
        "client_id": SLUG,
        "name": env.str("SAML_NAME", "single sign-on"),
        "settings": {
            "idp": {"entity_id": entity_id, **_address(env)},
            "attribute_mapping": {
                "uid": ["urn:oasis:names:tc:SAML:attribute:subject-id"],
                **{"email": list(_EMAIL), "first_name": list(_FIRST), "last_name": list(_LAST)},
            },
            # Only signed assertions that answer a request of this browser; SHA-1 is refused.
            "advanced": {
                **{"strict": True, "want_assertion_signed": True, "reject_deprecated_algorithm": True},
                **{"reject_idp_initiated_sso": True, "want_name_id": True, "allow_single_label_domains": True},
            },
        },
    }
    return {"saml": {"APPS": [app]}}


def _address(env: Env) -> dict[str, str]:
    """Where the provider is, and the certificate of its signatures: from its metadata, or from two variables."""
    metadata, sso = env.str("SAML_METADATA_URL", ""), env.str("SAML_SSO_URL", "")
    certificate = env.str("SAML_CERTIFICATE", "")
    if metadata:
        if not metadata.startswith("https://"):
            raise ImproperlyConfigured("SAML_METADATA_URL: write an address that begins with https://")
        return {"metadata_url": metadata}
    if not sso or not certificate:
        raise ImproperlyConfigured("SAML_ENTITY_ID needs SAML_METADATA_URL, or SAML_SSO_URL and SAML_CERTIFICATE.")
    if certificate.startswith("/"):
        try:
            certificate = Path(certificate).read_text(encoding="ascii")
        except OSError as error:
            raise ImproperlyConfigured(f"SAML_CERTIFICATE: {certificate} cannot be read.") from error
    return {"sso_url": sso, "x509cert": certificate}

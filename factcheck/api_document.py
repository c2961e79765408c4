"""How the OpenAPI document is made and shown: told to drf-spectacular."""

from typing import Any, Final

from drf_spectacular.types import OpenApiTypes

#: The groups of operations, in the order in which the page of the API shows them.
TAGS: Final = (
    ("Read", "Everything that is published, open to anyone: claims, articles, sources, claimants, changes, exports."),
    ("Have you checked this?", "Finds the checks of a text, a post or an address."),
    ("Google-shaped search", "The search of Google's Fact Check Tools API, over this newsroom's claims."),
    ("Partners: submissions", "Partners send claims for checking and follow what becomes of them."),
    ("Partners: your key", "What a partner's key may do, its limit and its last day, and a new key in its place."),
    ("Partners: webhooks", "Addresses of partners that are told about every publication."),
    ("Desk: claims", "Claims and the steps of their life, for the newsroom's own programs."),
    ("Desk: what hangs on a claim", "Passages, evidence, verdict, replies and relations; each changes its claim."),
    ("Desk: the work on a claim", "Comments, dependencies and translations; none of them is part of an approval."),
    ("Desk: articles, sources, claimants", "The newsroom's library, which claims refer to."),
)
#: Their schemas have these names whatever the fields are called that use them.
WORD_LISTS: Final = (
    "DependencyKind",
    "SourceKind",
    "ClaimantKind",
    "RelationKind",
    "Stage",
    "Stance",
    "AnchorState",
    "CaptureMethod",
    "ReplyMeans",
    "Severity",
)


def spectacular(*, site_name: str, site_url: str, contact: str, license_url: str) -> dict[str, Any]:
    """The settings of drf-spectacular; the names of word lists are given so that they do not change with the code.

    ``license_url`` is the licence of what is published; empty says nothing about it.
    """
    licensed = {"LICENSE": {"name": "Licence of what is published", "url": license_url}} if license_url else {}
    return licensed | {
        "TITLE": f"{site_name} API",
        "VERSION": "1",
        "CONTACT": {"name": site_name, "url": site_url, "email": contact},
        "SERVERS": [{"url": site_url, "description": site_name}],
        "TAGS": [{"name": name, "description": text} for name, text in TAGS],
        "OAS_VERSION": "3.1.1",
        "SERVE_INCLUDE_SCHEMA": False,
        "SCHEMA_PATH_PREFIX": r"/api/v1",
        "PATH_CONVERTER_OVERRIDES": {"id": OpenApiTypes.UUID},
        "COMPONENT_SPLIT_REQUEST": True,
        "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "api.openapi.schema.complete",
        ],
        "ENUM_NAME_OVERRIDES": {name: f"articles.choices.{name}" for name in WORD_LISTS},
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
        # To try a write, a user signs in or pastes a key, which the page forgets when it is closed.
        "SWAGGER_UI_SETTINGS": {
            "deepLinking": True,
            # Groups and schemas open by a click: the page is there sooner when it need not build all of them.
            "docExpansion": "none",
            "defaultModelsExpandDepth": 0,
            "supportedSubmitMethods": ["get", "post", "put", "patch", "delete"],
            "persistAuthorization": False,
        },
    }

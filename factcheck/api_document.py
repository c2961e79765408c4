"""How the OpenAPI document is made and shown: told to drf-spectacular."""

from typing import Any

from drf_spectacular.types import OpenApiTypes


def spectacular(*, site_name: str) -> dict[str, Any]:
    """The settings of drf-spectacular; the names of word lists are given so that they do not change with the code."""
    return {
        "TITLE": f"{site_name} API",
        "VERSION": "1",
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
        "ENUM_NAME_OVERRIDES": {
            "DependencyKind": "articles.choices.DependencyKind",
            "SourceKind": "articles.choices.SourceKind",
            "ClaimantKind": "articles.choices.ClaimantKind",
            "RelationKind": "articles.choices.RelationKind",
            "Stage": "articles.choices.Stage",
            "Stance": "articles.choices.Stance",
            "AnchorState": "articles.choices.AnchorState",
            "CaptureMethod": "articles.choices.CaptureMethod",
            "ReplyMeans": "articles.choices.ReplyMeans",
            "Severity": "articles.choices.Severity",
        },
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
        # To try a write, a user signs in or pastes a key, which the page forgets when it is closed.
        "SWAGGER_UI_SETTINGS": {
            "deepLinking": True,
            "docExpansion": "list",
            "supportedSubmitMethods": ["get", "post", "put", "patch", "delete"],
            "persistAuthorization": False,
        },
    }

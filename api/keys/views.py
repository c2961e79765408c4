"""A partner's own key: what it may do and until when, and its successor."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.http.base import PrivateView
from api.http.fields import Whole
from api.http.idempotency import IdempotentResponse, idempotent
from api.http.openapi_helpers import ref
from api.http.partner_auth import PartnerAuthentication
from api.http.request_serializers import StrictSerializer
from partners import rates
from partners.models import Key
from partners.services import keys

#: How long the old key may work beside its successor.
LONGEST_OVERLAP: Final = 30
_NOTE: Final = "Shown this once. If it is lost, ask us for another key before the old one ends."
_NOT_AGAIN: Final = "It was in the first answer alone. If it is lost, ask us for another key."


class HasKey(BasePermission):
    """Any key that works, whatever its scopes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether there is one. Nobody gets a 401."""
        return isinstance(request.auth, Key)


class RotationAsked(StrictSerializer):
    """How long both keys are to work."""

    overlap_days = Whole(
        required=False,
        min_value=1,
        max_value=LONGEST_OVERLAP,
        help_text=f"For so many days the old key works beside the new one. {keys.OVERLAP.days} unless given.",
    )


class _KeyView(PrivateView):
    authentication_classes: Any = (PartnerAuthentication,)
    permission_classes: Any = (HasKey,)

    @property
    def key(self) -> Key:
        """The key that is used."""
        key = self.request.auth
        assert isinstance(key, Key)  # noqa: S101
        return key


@extend_schema(tags=["Partners: your key"])
class KeyView(_KeyView):
    """What a key is good for."""

    @extend_schema(
        operation_id="key_read",
        summary="The key you send: its scopes, its limit, its end",
        description="With a key of any scope.",
        responses=ref("Key"),
    )
    def get(self, request: Request) -> Response:
        """Never its secret."""
        return Response(shown(self.key))


@extend_schema(tags=["Partners: your key"])
class RotateView(_KeyView):
    """A successor."""

    @extend_schema(
        operation_id="key_rotate",
        summary="Replace the key you send",
        description="The new key has the same scopes and limit and is valid for as long a time as the old one was. Its "
        "secret is in this answer and never again. The old key works until `old_key_ends_at`. A key is rotated once; "
        "while the key before it still works, neither is.",
        request=RotationAsked,
        responses=ref("KeyWithSecret", status=201),
    )
    def post(self, request: Request) -> HttpResponse:
        """201 with the new key."""
        return idempotent(request, self.key.partner, self._rotate, required=False)

    @sensitive_variables()
    def _rotate(self, at: datetime) -> IdempotentResponse:
        given: Any = self.request.data
        asked = RotationAsked(data=[] if given is None else given)  # null is no object either
        asked.is_valid(raise_exception=True)
        overlap = timedelta(days=asked.validated_data.get("overlap_days", keys.OVERLAP.days))
        ends = keys.successor_ends(self.key, at=at)
        new, secret = keys.rotate_key(key=self.key, overlap_until=at + overlap, expires_at=ends, by=self.key, at=at)
        old = Key.objects.get(pk=self.key.pk)
        document = shown(new) | {"old_key_ends_at": _moment(old.expires_at)}
        return IdempotentResponse(
            document | {"secret": secret, "secret_note": _NOTE},
            201,
            {"Location": self.request.build_absolute_uri("/api/v1/key/")},
            kept=document | {"secret": None, "secret_note": _NOT_AGAIN},
        )


def shown(key: Key) -> dict[str, Any]:
    """A key as its partner sees it."""
    rate = rates.parse(key.rate or settings.API_KEY_RATE)
    return {
        "name": key.name,
        "begins_with": key.prefix,
        "partner": key.partner.name,
        "scopes": list(key.scopes),
        "limit": {"requests": rate.limit, "seconds": rate.window} if rate else None,
        "created_at": _moment(key.created_at),
        "expires_at": _moment(key.expires_at),
        "is_replaced": Key.objects.filter(replaces=key).exists(),
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None

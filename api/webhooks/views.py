"""Partners manage their webhook endpoints, with the services and the history of the admin site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from api.http import etags, query
from api.http.base import PrivateView, link
from api.http.idempotency import IdempotentResponse, idempotent
from api.http.openapi_helpers import list_of, many, ref
from api.http.partner_auth import HasScope, PartnerAuthentication
from api.http.problems import ProblemError
from api.webhooks import serializers as shapes
from articles.selectors.keyset import Page, page
from articles.selectors.readers.published import PAGE_SIZE
from partners.choices import DeliveryState, Scope
from partners.models import Endpoint, Key
from partners.outbound_policy import from_settings
from partners.selectors import partner_endpoints
from partners.services import endpoints, ping_deliveries, replays

#: The letter of endpoints in entity tags.
_KIND: Final = "e"


def _delivery_state(value: str) -> str:
    if value not in DeliveryState.values:
        raise ValueError(f"One of: {', '.join(DeliveryState.values)}.")
    return value


class WebhooksView(PrivateView):
    """For one partner: its own endpoints, by a key with the scope for them."""

    authentication_classes: Any = (PartnerAuthentication,)
    permission_classes: Any = (HasScope(Scope.WEBHOOKS),)
    tagged = ""

    @property
    def key(self) -> Key:
        """The key that is used; permission classes have seen to it that there is one."""
        key = self.request.auth
        assert isinstance(key, Key)  # noqa: S101
        return key

    def endpoint(self, pk: int) -> Endpoint:
        """One of this partner's own; any other is a 404."""
        return partner_endpoints.endpoint(self.key.partner, pk)

    def body(self, shape: type[Serializer[Any]]) -> dict[str, Any]:
        """The body, validated, as services take it."""
        given: Any = self.request.data
        serializer = shape(data=[] if given is None else given)  # null is no object either
        serializer.is_valid(raise_exception=True)
        return shapes.columns(dict(serializer.validated_data))

    def page(self, found: Page[Any], shown: Any) -> Response:
        """A page of a list."""
        return Response(
            {
                "results": [shown(row) for row in found.rows],
                "next": link(self.request, found.next) if found.next else None,
                "previous": link(self.request, found.previous) if found.previous else None,
            }
        )

    def paging(self) -> dict[str, Any]:
        """The cursor and size that were asked for."""
        return {"cursor": self.given.get("cursor", ""), "size": self.given.get("page_size", PAGE_SIZE)}

    def with_secret(
        self, pk: int, secret: str, *, status: int, headers: dict[str, str] | None = None
    ) -> IdempotentResponse:
        """The endpoint with its secret, which is left out of what is kept for a repetition."""
        endpoint = self.endpoint(pk)
        shown, kept = shapes.secret(secret)
        document = shapes.shown(endpoint)
        return IdempotentResponse(document | shown, status, {**_tag(endpoint), **(headers or {})}, kept=document | kept)


def _tag(endpoint: Endpoint) -> dict[str, str]:
    return {"ETag": etags.of_version(_KIND, endpoint.pk, endpoint.version)}


@extend_schema(tags=["Partners: webhooks"])
class EndpointsView(WebhooksView):
    """The endpoints of a partner."""

    @property
    def parameters(self) -> Mapping[str, query.Parser]:  # type: ignore[override]
        """Lists come in pages."""
        return query.PAGING if self.request.method == "GET" else {}

    @extend_schema(
        operation_id="webhook_endpoints_list",
        summary="Your endpoints, newest first",
        parameters=many(query.PAGING),
        responses=list_of("WebhookEndpoint"),
    )
    def get(self, request: Request) -> Response:
        """A page of them."""
        partner = self.key.partner
        scope = ["webhook-endpoints", str(partner.pk)]
        return self.page(
            page(partner_endpoints.endpoints(partner), key="id", scope=scope, **self.paging()), shapes.shown
        )

    @extend_schema(
        operation_id="webhook_endpoints_create",
        summary="Add an endpoint",
        description=f"At most {endpoints.MOST_ENDPOINTS} of them, disabled ones included. The secret is in this answer "
        "and never again.",
        request=shapes.EndpointSent,
        responses=ref("WebhookEndpointWithSecret", status=201),
    )
    def post(self, request: Request) -> HttpResponse:
        """201 with its secret, and its address in Location."""
        return idempotent(request, self.key.partner, self._add, required=False)

    def _add(self, at: datetime) -> IdempotentResponse:
        endpoint, secret = endpoints.add(partner=self.key.partner, by=self.key, at=at, **self.body(shapes.EndpointSent))
        place = self.request.build_absolute_uri(f"{self.request.path}{endpoint.pk}/")
        return self.with_secret(endpoint.pk, secret, status=201, headers={"Location": place})


@extend_schema(tags=["Partners: webhooks"])
class EndpointView(WebhooksView):
    """One endpoint."""

    @extend_schema(
        operation_id="webhook_endpoints_read", summary="An endpoint and how it does", responses=ref("WebhookEndpoint")
    )
    def get(self, request: Request, endpoint_id: int) -> Response:
        """As it is now."""
        return self._answer(endpoint_id)

    @extend_schema(
        operation_id="webhook_endpoints_change",
        summary="Change where an endpoint is, what it wants, or whether it is sent to",
        description="`state` pauses (events are kept), disables (nothing new is kept) and resumes; `active` also "
        "ends the rest an endpoint gets after failures.",
        request=shapes.EndpointChange,
        responses=ref("WebhookEndpoint"),
    )
    def patch(self, request: Request, endpoint_id: int) -> Response:
        """What is named, on the version that was read."""
        endpoint = self.endpoint(endpoint_id)
        self.tagged = f"{_KIND}{endpoint.pk}"
        version = etags.required_version(request, _KIND, endpoint.pk, current=endpoint.version)
        given = self.body(shapes.EndpointChange)
        if not given:
            raise ProblemError(400, "nothing_to_change", "Name at least one field to change.")
        endpoints.change(endpoint=endpoint, version=version, by=self.key, at=timezone.now(), **given)
        return self._answer(endpoint_id)

    @extend_schema(
        operation_id="webhook_endpoints_delete",
        summary="Delete an endpoint",
        description="With its secrets and the log of its deliveries; what waits is not sent. To stop for a while, "
        "change its `state` instead.",
        responses={204: None},
    )
    def delete(self, request: Request, endpoint_id: int) -> Response:
        """It is gone at once."""
        endpoint = self.endpoint(endpoint_id)
        self.tagged = f"{_KIND}{endpoint.pk}"
        version = etags.required_version(request, _KIND, endpoint.pk, current=endpoint.version)
        endpoints.remove(endpoint=endpoint, version=version, by=self.key, at=timezone.now())
        return Response(status=204)

    def _answer(self, pk: int) -> Response:
        endpoint = self.endpoint(pk)
        return Response(shapes.shown(endpoint), headers=_tag(endpoint))


@extend_schema(tags=["Partners: webhooks"])
class RotateView(WebhooksView):
    """New secrets."""

    @extend_schema(
        operation_id="webhook_endpoints_rotate",
        summary="Replace the signing secret, or the key pair",
        description="The new secret is in this answer and never again. Messages carry signatures by the old ones for "
        "24 hours more, unless `end_old` is true; so an answer that was lost costs nothing but another rotation. With "
        "`signature` you can change over from one kind to the other.",
        request=shapes.RotationSent,
        responses=ref("WebhookEndpointWithSecret"),
    )
    def post(self, request: Request, endpoint_id: int) -> HttpResponse:
        """The endpoint with its new secret."""
        endpoint = self.endpoint(endpoint_id)

        def act(at: datetime) -> IdempotentResponse:
            secret = endpoints.rotate(endpoint=endpoint, by=self.key, at=at, **self.body(shapes.RotationSent))
            return self.with_secret(endpoint.pk, secret, status=200)

        return idempotent(request, self.key.partner, act, required=False)


@extend_schema(tags=["Partners: webhooks"])
class PingView(WebhooksView):
    """Test events."""

    @extend_schema(
        operation_id="webhook_endpoints_test",
        summary="Send a test event and wait for the result",
        description="One `ping`, signed like any other, whatever the endpoint's state. It counts neither for nor "
        "against the endpoint. The answer takes as long as your receiver does, up to 15 seconds; one test at a time.",
        request=None,
        responses=ref("WebhookTest"),
    )
    def post(self, request: Request, endpoint_id: int) -> Response:
        """How it went; 200 whether or not it arrived."""
        endpoint = self.endpoint(endpoint_id)
        found = ping_deliveries.run(endpoint=endpoint, by=self.key, at=timezone.now(), policy=from_settings())
        return Response(shapes.ping_result(found))


@extend_schema(tags=["Partners: webhooks"])
class DeliveriesView(WebhooksView):
    """The delivery log of an endpoint."""

    parameters: ClassVar[Mapping[str, query.Parser]] = {
        "state": _delivery_state,
        "from_seq": query.seq,
        "to_seq": query.seq,
        **query.PAGING,
    }

    @extend_schema(
        operation_id="webhook_deliveries_list",
        summary="What was sent to an endpoint and is to be, newest first",
        description="With each delivery its newest attempts. What was done is forgotten, usually after 90 days.",
        parameters=[
            OpenApiParameter("state", {"type": "string", "enum": list(DeliveryState.values)}),
            OpenApiParameter("from_seq", OpenApiTypes.INT64, description="The smallest number of a record."),
            OpenApiParameter("to_seq", OpenApiTypes.INT64, description="The greatest."),
            *many(query.PAGING),
        ],
        responses=list_of("WebhookDelivery"),
    )
    def get(self, request: Request, endpoint_id: int) -> Response:
        """A page of the log."""
        endpoint = self.endpoint(endpoint_id)
        narrowed = {name: self.given.get(name) for name in ("state", "from_seq", "to_seq")}
        rows = partner_endpoints.deliveries(
            endpoint, state=narrowed["state"] or "", first=narrowed["from_seq"], last=narrowed["to_seq"]
        )
        scope = ["webhook-deliveries", endpoint.pk, *narrowed.values()]
        return self.page(page(rows, key="id", scope=scope, **self.paging()), shapes.delivery)


@extend_schema(tags=["Partners: webhooks"])
class ReplayView(WebhooksView):
    """Events sent once more."""

    @extend_schema(
        operation_id="webhook_endpoints_replay",
        summary="Send a range of events once more",
        description=f"Under the same ids, at most {replays.MOST} at once, and what the endpoint never got because it "
        "was disabled or is younger as well. What waits already is left to its schedule. Repeating it is harmless.",
        request=shapes.RangeSent,
        responses=ref("WebhookReplay", status=202),
    )
    def post(self, request: Request, endpoint_id: int) -> Response:
        """How many; they leave from now on."""
        endpoint, given = self.endpoint(endpoint_id), self.body(shapes.RangeSent)
        count = replays.replay(
            endpoint=endpoint, first=given["from_seq"], last=given["to_seq"], by=self.key, at=timezone.now()
        )
        return Response({"count": count}, status=202)

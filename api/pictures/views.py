"""The desk: pictures, and the one that leads a claim."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import query
from api.http.base import DeskView, with_etag
from api.http.openapi_helpers import looked_up, page_of
from api.http.parsers import JSONBodyParser, MultiPartBodyParser
from api.pictures.serializers import LeadPictureAnswer, LeadPictureFields, PictureAnswer, PictureFile
from articles.models import Claim, LeadPicture, Picture
from articles.selectors import api_lists
from articles.selectors.log import lead_pictures
from articles.services.pictures import lead, storage


@extend_schema(tags=["Desk: what hangs on a claim"])
class PicturesView(DeskView):
    """Pictures of the newsroom, published or not."""

    parser_classes = (JSONBodyParser, MultiPartBodyParser)
    parameters = query.PAGING

    @extend_schema(
        operation_id="desk_pictures_list",
        summary="Pictures, newest first",
        parameters=looked_up(parameters),
        responses=page_of(PictureAnswer),
    )
    def get(self, request: Request) -> Response:
        """A page of pictures."""
        return self.page(PictureAnswer, api_lists.pictures(**self.paging()))

    @extend_schema(
        operation_id="desk_pictures_create",
        summary="Send in a picture",
        description="It is made anew from its pixels: upright, in sRGB, on white ground, without metadata such as the "
        "place where it was taken. The same picture again is the one that is there. It is public once a claim that it "
        "leads is published.",
        request={"multipart/form-data": PictureFile},
        responses={201: PictureAnswer},
    )
    def post(self, request: Request) -> Response:
        """The picture as it is kept."""
        upload = self.body(PictureFile)["file"]
        data = upload.read(settings.PICTURE_MAX_BYTES + 1)
        kept = storage.upload(data, by=self.current_user, at=timezone.now())
        return _shown(kept, status=201)

    def place_of(self, made: Mapping[str, Any]) -> str:
        """By its hash."""
        return f"{self.request.path}{made['sha256']}/"


@extend_schema(tags=["Desk: what hangs on a claim"])
class PictureView(DeskView):
    """One picture."""

    @extend_schema(operation_id="desk_pictures_read", summary="A picture by its hash", responses=PictureAnswer)
    def get(self, request: Request, sha256: str) -> Response:
        """404 when there is none."""
        return _shown(Picture.objects.get(sha256=sha256))


def _shown(picture: Picture, *, status: int = 200) -> Response:
    """A picture never changes: its hash is its tag."""
    return Response(PictureAnswer(picture).data, status=status, headers={"ETag": f'"p{picture.sha256}"'})


@extend_schema(tags=["Desk: what hangs on a claim"])
class LeadPictureView(DeskView):
    """The picture that leads a claim."""

    @extend_schema(operation_id="desk_picture_read", summary="The claim's picture", responses=LeadPictureAnswer)
    def get(self, request: Request, claim_id: UUID) -> Response:
        """404 when there is none."""
        claim = Claim.objects.get(pk=claim_id)
        row = lead_pictures.lead_picture(claim)
        if row is None:
            raise LeadPicture.DoesNotExist
        return with_etag(Response(LeadPictureAnswer(row).data), "c", claim)

    @extend_schema(
        operation_id="desk_picture_put",
        summary="Choose and describe the claim's picture",
        request=LeadPictureFields,
        responses=LeadPictureAnswer,
    )
    def put(self, request: Request, claim_id: UUID) -> Response:
        """In place of another one."""
        claim = Claim.objects.get(pk=claim_id)
        act = self._act(claim)
        given = self.body(LeadPictureFields)
        said = {name: given.get(name, False if name == "is_stamped" else "") for name in lead.FIELDS}
        row = lead.put(claim=claim, picture=given["sha256"], **act, **said)
        return with_etag(Response(LeadPictureAnswer(row).data), "c", row.claim)

    @extend_schema(operation_id="desk_picture_delete", summary="Take the picture off the claim", responses={204: None})
    def delete(self, request: Request, claim_id: UUID) -> Response:
        """The picture itself is kept."""
        claim = Claim.objects.get(pk=claim_id)
        return with_etag(Response(status=204), "c", lead.take_off(claim=claim, **self._act(claim)))

    def _act(self, claim: Claim) -> dict[str, Any]:
        return {"by": self.current_user, "at": timezone.now(), "version": self.version_of("c", claim)}

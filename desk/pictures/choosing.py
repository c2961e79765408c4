"""The picture that a request brings or names: a file, one that is here, or a kept copy of the evidence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Claim, Picture
from articles.picture_choices import PictureFocus
from articles.selectors.library import pictures
from articles.services.pictures import screenshots, storage
from articles.services.pictures.storage import UnusablePictureError
from desk.http.refusals import FieldProblem, RefusedFormError, check
from desk.http.requests import number_in
from desk.pictures.forms import ChooseForm, UploadForm


@dataclass(frozen=True, slots=True)
class Chosen:
    """A picture, and what can be said about it from the start: fields of a lead picture."""

    picture: Picture
    said: Mapping[str, Any] = field(default_factory=dict)


def chosen(request: Any, sent: Mapping[str, Any], *, claim: Claim) -> Chosen:
    """The picture of a post: it is kept before anything else is written.

    Raises ``Http404``, ``NotAllowedError``, ``RefusedFormError``.
    """
    if request.FILES:
        return Chosen(_uploaded(request, sent))
    if sent.get("capture"):
        return _captured(request, sent["capture"], claim)
    if sent.get("picture"):
        return Chosen(check(ChooseForm(dict(sent))).cleaned_data["picture"])
    raise RefusedFormError([FieldProblem(_("Choose a picture."), "file", code="required")])


def _uploaded(request: Any, sent: Mapping[str, Any]) -> Picture:
    form = check(UploadForm(dict(sent), request.FILES))
    if not form.cleaned_data["file"]:
        raise RefusedFormError([FieldProblem(_("Choose a picture."), "file", code="required")])
    with _beside("file"):
        return storage.upload(form.data_of_file(), by=request.user, at=timezone.now())


def _captured(request: Any, number: Any, claim: Claim) -> Chosen:
    capture = get_object_or_404(pictures.image_captures(claim), pk=number_in(str(number)) or 0)
    with _beside("capture"):
        shot = screenshots.from_capture(capture, claim=claim, by=request.user, at=timezone.now())
    said = {"alt": shot.alt, "credit": shot.credit, "focus": PictureFocus.TOP, "is_stamped": shot.shows_claim}
    return Chosen(shot.picture, said)


@contextmanager
def _beside(name: str) -> Iterator[None]:
    """What is wrong with a picture is said beside the field ``name``."""
    try:
        yield
    except UnusablePictureError as error:
        raise RefusedFormError([FieldProblem(str(error), name, code=error.code)], code=error.code) from error

"""Addresses for scripts: whom one may mention, and the comments on an article."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles.models import Article
from articles.selectors.collaboration import activity
from articles.services.collaboration import presence
from desk.collaboration import responses
from desk.collaboration.actions import ACTS, COMMENT_ACTS, ActionRequest
from desk.collaboration.labels import labels
from desk.http import refusals
from desk.http.presence import here
from desk.http.requests import as_fields
from desk.http.views import Endpoint
from lib.refusals import NotAllowedError

#: So many colleagues are offered at once.
_OFFERED = 8
#: No name is longer.
_LONGEST_NAME = 80


class ColleaguesEndpoint(Endpoint):
    """GET: colleagues by the beginning of a name (``q``): everybody who may see the desk, and so every claim."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Who was found."""
        typed = request.GET.get("q", "").replace("\x00", "")[:_LONGEST_NAME].strip()
        found = activity.colleagues_named(typed, limit=_OFFERED)
        people = [responses.person_data(person) for person in found]
        words = labels()
        said = words["found"] % {"n": len(people)} if people else words["nobody"]
        return JsonResponse({"people": people, "found": said})


class ArticleCommentsEndpoint(Endpoint):
    """GET: the comments on an article."""

    http_method_names = ["get"]

    def check_permission(self) -> None:
        """Refuse people who may not see the desk or articles. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.view_article"):
            raise NotAllowedError.for_(_("You do not have permission to see the desk."))

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Article:
        """The article. Raises ``Http404``."""
        return get_object_or_404(Article, pk=object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The current state."""
        return JsonResponse(responses.article_state(self.row, request.user))


class ArticleCommentAct(ArticleCommentsEndpoint):
    """POST: one thing done; the response is the new state."""

    http_method_names = ["post"]

    def post(self, request: Any, key: str, **kwargs: Any) -> HttpResponse:
        """Do it."""
        if key not in COMMENT_ACTS:
            raise Http404
        form_class, do = ACTS[key]
        form = refusals.check(form_class(as_fields(self.sent)))
        with refusals.as_form_errors(passing=refusals.NOT_OF_A_FIELD):
            done = do(ActionRequest(self.row, request.user, 0, form.cleaned_data))
        return JsonResponse({**responses.article_state(self.row, request.user), "message": done.message})


class PresenceEndpoint(Endpoint):
    """POST: a sign of life on the page of a claim or an article, answered with who else is there. DELETE: it closed."""

    #: ``Claim`` or ``Article``.
    model: Any = None

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Any:
        """The claim or the article. Raises ``Http404``."""
        return get_object_or_404(self.model, pk=object_id)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Who else is here."""
        return JsonResponse({"here": here(request, self.row.pk, str(self.sent.get("doing")))})

    def delete(self, request: Any, **kwargs: Any) -> HttpResponse:
        """This person is not here any more."""
        presence.leave(subject=self.row.pk, by=request.user)
        return JsonResponse({"here": []})

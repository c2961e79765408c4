"""The article desk's own addresses: small JSON in, small JSON out; every act is a service's."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import text, workflow
from articles.attribution import Attribution
from articles.models import Article, ArticleVersion, Claim, RightOfReply
from articles.selectors.passages import article_desk
from articles.services.claims import claim_entry, claims
from articles.services.verification import transitions
from desk.claims import claim_json
from desk.claims.reply_form import ReplyForm
from desk.claims.stage_panel import needs_confirmation_page
from desk.http import presence
from desk.http.refusals import NOT_OF_A_FIELD, Problem, UnreadableRequestError, as_form_errors, check
from desk.http.requests import as_fields, number_in
from desk.http.views import Endpoint
from desk.passages import responses
from desk.passages.forms import ClaimWordingForm, PassageForm
from lib import namekinds
from lib.refusals import NotAllowedError

#: A claim may be said to be known at a passage this often; more is no desk's doing.
_MOST_SEEN = 200


class ArticleEndpoint(Endpoint):
    """An address below an article's."""

    article: Article

    def check_permission(self) -> None:
        """Refuse people who may not see the desk or articles. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.view_article"):
            raise NotAllowedError.for_(_("You do not have permission to see the desk."))

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The article. Raises ``Http404``."""
        self.article = get_object_or_404(Article, pk=kwargs["article_id"])
        return self.article

    def text_in_address(self) -> ArticleVersion:
        """The text that the address names."""
        return text_of(self.article, self.request.GET.get("text", ""))


class ClaimEndpoint(ArticleEndpoint):
    """An address below a claim of an article."""

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The claim. Raises ``Http404``."""
        super().find(**kwargs)
        rows = Claim.objects.select_related("claimant", "assignee")
        rows = rows.filter(appearances__article_version__article=self.article)
        return get_object_or_404(rows.distinct(), pk=kwargs["claim_id"])

    def acting(self) -> dict[str, Any]:
        """Who does it, when, and on which version of the claim."""
        return {"by": self.request.user, "at": timezone.now(), "version": self.version()}

    def full(self, claim: Claim, *, status: int = 200) -> JsonResponse:
        """The current claim."""
        return claim_json.respond(claim, self.request.user, status=status)  # type: ignore[arg-type]


class StateEndpoint(ArticleEndpoint):
    """GET: the article's current claims; 304 when nothing differs from the state the browser names.

    With ``doing`` it is a sign of life, and a header says who else is there.
    """

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The claims."""
        tag = f'"{article_desk.state_tag(self.article)}"'
        others = presence.header(request, self.article.pk, request.GET["doing"]) if "doing" in request.GET else {}
        if request.headers.get("If-None-Match") == tag:
            return HttpResponse(status=304, headers={"ETag": tag, **others})
        version = self.text_in_address()
        newest = self.article.current_version() if "text" in request.GET else version
        answer = JsonResponse(responses.state(self.article, version, tag.strip('"'), newest=newest), headers=others)
        answer.headers["ETag"] = tag
        return answer


class SpeakerEndpoint(ArticleEndpoint):
    """GET: who may have said the passage from ``start`` to ``end`` (code points), and when it was said."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Who it may have been."""
        version = self.text_in_address()
        start, end = self._position("start"), self._position("end")
        found = article_desk.likely_speaker(version, start, end) if start < end <= len(version.body) else None
        known = found.claimant if found else None
        return JsonResponse(
            {
                "claimant": {"id": str(known.pk), "label": str(known)} if known else None,
                "name": found.name if found else "",
                "kind": found.kind if found else "",
                "because": found.because if found else "",
                "locator": version.locator(start),
                "claimed_on": self.article.published_on.isoformat() if self.article.published_on else "",
            }
        )

    def _position(self, name: str) -> int:
        position = number_in(self.request.GET.get(name, ""))
        if position is None:
            raise UnreadableRequestError(_("“%(name)s” is a position in the text, in code points.") % {"name": name})
        return position


class ClaimantsEndpoint(ArticleEndpoint):
    """GET: known claimants by what was typed, and the kind that it suggests for a new one."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Who was found."""
        typed = request.GET.get("q", "").replace("\x00", "")[:200]
        rows = article_desk.claimants_named(typed) if typed.strip() else []
        found = [{"id": str(row.pk), "name": row.name, "label": str(row)} for row in rows]
        return JsonResponse({"claimants": found, "kind": namekinds.suggest(typed)})


class OneClaimEndpoint(ClaimEndpoint):
    """GET: the claim in full. PUT: enter it under this id, or learn that it is there. PATCH: change its words."""

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The claim; before it is entered, the article."""
        if self.request.method == "PUT":
            return ArticleEndpoint.find(self, **kwargs)
        return super().find(**kwargs)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The claim in full."""
        return self.full(self.row)

    def put(self, request: Any, claim_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """Enter it."""
        sent = self.sent
        form = check(PassageForm(as_fields({name: value for name, value in sent.items() if name != "seen"})))
        with as_form_errors(fields={"assignee": "mine"}, passing=NOT_OF_A_FIELD):
            entered = claim_entry.enter(
                pk=claim_id,
                article_version=text_of(self.article, str(sent.get("article_text") or "")),
                exact=form.cleaned_data["exact"],
                start=form.cleaned_data["start"],
                speaker=form.speaker(),
                by=request.user,
                at=timezone.now(),
                seen=_ids(sent.get("seen")),
                **form.values_for(request.user),
            )
        return self.full(entered.claim, status=201 if entered.is_new else 200)

    def patch(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Change its words."""
        form = check(ClaimWordingForm(as_fields(self.sent)))
        with as_form_errors(passing=NOT_OF_A_FIELD):
            changed = claim_entry.reword(claim=self.row, speaker=form.speaker(), **self.acting(), **form.values())
        return self.full(changed)


class StepEndpoint(ClaimEndpoint):
    """POST: take a step that needs no more than a click, or a comment."""

    def post(self, request: Any, key: str, **kwargs: Any) -> HttpResponse:
        """Take it."""
        if key not in workflow.BY_KEY:
            raise Http404
        transition, sent = workflow.get(key), self.sent
        if needs_confirmation_page(transition) and not transition.needs_comment:
            said = (
                _("Approve it on its review page, after reading it there.")
                if key == "approve"
                else _("Look at the preview and confirm on the page “Publish” of the claim.")
            )
            return Problem(400, "needs_confirmation", said).response()
        with as_form_errors(passing=NOT_OF_A_FIELD):
            taken = transitions.apply_transition(
                claim=self.row,
                transition=key,
                comment=text.clean(str(sent.get("comment") or ""), field="comment")[:2000],
                attribution=_attribution(sent.get("attribution")),
                by=request.user,
                version=self.version(),
            )
        return self.full(taken)


class TakeBackEndpoint(ClaimEndpoint):
    """POST: undo having entered a claim."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Undo it."""
        claim_entry.take_back(claim=self.row, **self.acting())
        return JsonResponse({"id": str(self.row.pk)})


class RepliesEndpoint(ClaimEndpoint):
    """POST: note that somebody was asked, or (with a reply's number) what they answered."""

    def post(self, request: Any, reply_id: int | None = None, **kwargs: Any) -> HttpResponse:
        """Store the request or the answer."""
        values = check(ReplyForm(as_fields(self.sent))).cleaned_data
        with as_form_errors(passing=NOT_OF_A_FIELD):
            if reply_id is None:
                reply = claims.record_reply(claim=self.row, **self.acting(), **values)
            else:
                rows = RightOfReply.objects.select_related("claim")
                row = get_object_or_404(rows, pk=reply_id, claim=self.row)
                reply = claims.edit_reply(reply=row, **self.acting(), **values)
        return self.full(reply.claim)


def text_of(article: Article, number: str) -> ArticleVersion:
    """The article's text with this number; the newest when none is named. Raises ``Http404``."""
    if not number:
        return article.current_version()
    wanted = number_in(number)
    if wanted is None:
        raise Http404
    return get_object_or_404(article.versions.select_related("article"), number=wanted)


def _attribution(value: Any) -> str:
    """What a retraction does to the attribution; it withdraws it unless ``value`` says otherwise."""
    if value in (None, ""):
        return Attribution.WITHDRAWN
    if value not in Attribution.values:
        raise UnreadableRequestError("“attribution” is “kept” or “withdrawn”.")
    return str(value)


def _ids(value: Any) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(str(item)) for item in (value if isinstance(value, list) else [])[:_MOST_SEEN]]
    except ValueError as error:
        raise UnreadableRequestError(_("“seen” is a list of claims' ids.")) from error

"""Have you checked this? The checks of a claim, a message or an address."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import etags, query
from api.http.base import ReadView
from api.http.openapi_helpers import ref
from api.http.parsers import JSONBodyParser
from api.http.problems import ProblemError
from api.matching import answers
from api.matching.serializers import LIMIT, MatchQuestion, MatchQuestions
from articles.selectors.readers import published
from articles.selectors.readers.matching import MAX_LIMIT, PART, divide
from lib.parsing.integers import parse_integer


def _limit(value: str) -> int:
    return parse_integer(value, at_least=1, at_most=MAX_LIMIT)


@extend_schema(tags=["Have you checked this?"])
class MatchView(ReadView):
    """Claims that say what somebody asks about."""

    parser_classes: Any = (JSONBodyParser,)
    anonymous_quota = "match"
    methods = "GET, HEAD, POST, OPTIONS"
    request_headers = f"{ReadView.request_headers}, Content-Type"

    @property
    def parameters(self) -> dict[str, query.Parser]:  # type: ignore[override]
        """An address is asked for in the query, everything else in the body."""
        return {"url": query.address, "limit": _limit} if self.request.method in ("GET", "HEAD") else {}

    @extend_schema(
        operation_id="claims_match_address",
        summary="The checks of an address",
        description="For the address of an article or a post: the checks of claims made there. For a source: the "
        "checks that cite it, as `related`. For one of our pages: its claim. The answer can be cached.",
        parameters=[
            OpenApiParameter("url", str, required=True, description="The address, in any spelling."),
            OpenApiParameter("limit", int, description=f"So many claims at most: 1 to {MAX_LIMIT}, usually {LIMIT}."),
        ],
        responses=ref("MatchAnswer"),
    )
    def get(self, request: Request) -> HttpResponse:
        """The answer, with an entity tag of the head of the log."""
        if "url" not in self.given:
            raise query.missing("url", "Give the address as url=. A text is sent by POST.")
        head = published.head()
        tag = etags.of_content(f"{head.epoch} {head.seq} {head.merges} {request.build_absolute_uri()}".encode())
        if unchanged := self.unchanged(tag):
            return unchanged
        (document,) = answers.answer([{"limit": LIMIT, **self.given}])
        return self.answer(answers.encoded(document), tag)

    @extend_schema(
        operation_id="claims_match",
        summary="The checks of a text or an address",
        description="Send one question, or up to 100 as `questions`; each counts like a request of its own. A text of "
        f"more than {PART:,} characters is read in parts of {PART:,}, and each part counts. Nothing of a question is "
        "stored. `same` is probably the same claim, `related` is about the same subject. Retracted claims are left "
        "out.",
        request=PolymorphicProxySerializer("MatchBody", [MatchQuestion, MatchQuestions], None),
        responses={
            200: {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("MatchAnswer", "MatchAnswers")]}
        },
    )
    def post(self, request: Request) -> Response | HttpResponse:
        """One answer, or one for each question of a batch."""
        sent = request.data
        is_batch = isinstance(sent, dict) and "questions" in sent
        shape = (MatchQuestions if is_batch else MatchQuestion)(data=[] if sent is None else sent)
        shape.is_valid(raise_exception=True)
        asked = shape.validated_data["questions"] if is_batch else [shape.validated_data]
        self._count(sum(len(divide(one.get("text", ""))) for one in asked) - 1)
        found = answers.answer(asked)
        response = HttpResponse(
            answers.encoded({"answers": found} if is_batch else found[0]), content_type="application/json"
        )
        response["Cache-Control"] = "no-store"
        return response

    def _count(self, more: int) -> None:
        """Count the other questions of a batch, and parts of long texts. Raises a 429 when so many are not left."""
        left = min((one.remaining for one in self.standings), default=more)
        if left < more:
            text = f"This counts as {more + 1} questions, and {left + 1} are left for now. Send fewer at once."
            wait = max(one.full_in for one in self.standings)
            raise ProblemError(429, "throttled", text, headers={"Retry-After": str(max(1, wait))})
        for _question in range(more):
            self.charge_again()

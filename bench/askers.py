"""Who asks the schema's questions: a reader and an editor, with what exists in the database at hand."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.test import Client

from accounts.models import User
from accounts.services import issue_token
from articles import workflow
from articles.models import Article, Claim, Claimant, Evidence, Relation, RightOfReply, Source
from articles.models.appearance import Appearance
from bench.schema import Asker
from factcheck.wsgi import application

_CLAIM = re.compile(r"/api/v1/desk/claims/[0-9a-f-]{36}/")
_ENOUGH = 20


def askers(editor: User) -> Callable[[str], Asker]:
    """The asker for each operation, by its label: ``editor`` at the desk, nobody in particular elsewhere."""
    _, secret = issue_token(user=editor, name="schema")
    signed = {"Authorization": f"Bearer {secret}"}
    reader = Asker(headers={}, known=_known(), tag=lambda path: "")
    desk = Asker(headers=signed, known=_known(), tag=lambda path: _tag(path, signed))

    def of(label: str) -> Asker:
        return desk if " /api/v1/desk/" in label else reader

    return of


def _known() -> dict[str, Sequence[Any]]:
    def ids(model: Any) -> list[str]:
        return [str(pk) for pk in model.objects.order_by("pk").values_list("pk", flat=True)[:_ENOUGH]]

    children = [*ids(Evidence), *ids(Appearance), *ids(RightOfReply), *ids(Relation)]
    return {
        "claim_id": ids(Claim),
        "article_id": ids(Article),
        "source_id": ids(Source),
        "claimant_id": ids(Claimant),
        "revision": [1, 2, 3],
        "transition": list(workflow.BY_KEY),
        "id": children,
        "pk": children,
    }


def _tag(path: str, headers: dict[str, str]) -> str:
    """The tag a write at ``path`` has to name: the claim's for what hangs on it, else its own."""
    claim = _CLAIM.match(path)
    answer = Client(application).get(claim[0] if claim else path, headers=headers)
    return str(answer.headers.get("ETag", ""))

"""Somebody types on the claim's page while a colleague takes the claim to another stage: nothing typed is lost."""

from types import SimpleNamespace

import pytest

from articles.models import Claim
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage", "step", "then"), [("checking", "drop", "dropped"), ("approved", "publish", "published")]
)
def test_what_was_typed_is_shown_when_a_colleague_was_first(
    stage: str, step: str, then: str, people: SimpleNamespace
) -> None:
    claim = newsroom.in_stage(stage, people)
    client = pages.signed_in(people.reporter)
    sent = pages.form_of(client.get(pages.page_of(claim))) | {"why_chosen": "The council votes on the second bridge."}
    newsroom.take(claim, step, people.editor, comment="Not now." if step == "drop" else "")
    answer = client.post(pages.page_of(claim), sent)
    assert answer.status_code == 200
    said = pages.text_of(answer)
    assert "The council votes on the second bridge." in answer.content.decode()
    assert people.editor.display_name() in said, "who was first is named"
    stored = Claim.objects.get(pk=claim.pk)
    assert (stored.stage, stored.why_chosen) == (then, claim.why_chosen)

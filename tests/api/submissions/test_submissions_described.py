"""What partners are answered is what the OpenAPI document describes."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Submission
from articles.services import submissions
from tests import newsroom
from tests.api.submissions.test_submissions import BODY, URL, Caller
from tests.api.test_openapi import _check, document  # noqa: F401 - a fixture
from tests.lib.claimreview.test_rows import REVIEW

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def test_every_answer_about_submissions_matches_openapi(document: dict[str, Any], people: SimpleNamespace) -> None:  # noqa: F811
    caller = Caller()
    first = caller.post(BODY, key="one")
    for answer in (
        first,
        caller.post(BODY, key="one"),
        caller.post({"claim_review": REVIEW}),
        caller.post({"claim_review": REVIEW}),
        caller.post({}, key="two"),
        caller.post(key=None),
        caller.post({"claim_review": {}}),
    ):
        _check(document, answer, URL, "post")
    _check(document, caller.post([REVIEW, {}], path=f"{URL}claimreviews/"), f"{URL}claimreviews/", "post")
    claim = newsroom.published(people)
    row = Submission.objects.get(reference=BODY["reference"])
    submissions.mark_duplicate(submission=row, claim=claim, by=people.checker, at=newsroom.AT)
    _check(document, caller.get(), URL)
    _check(document, caller.get(f"{URL}?state=x"), URL)
    _check(document, caller.get(first["Location"]), f"{URL}{{submission_id}}/")
    _check(document, caller.get(f"{URL}{claim.pk}/"), f"{URL}{{submission_id}}/")
    _check(document, Caller(scopes=("read",)).get(), URL)

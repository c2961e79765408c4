"""The partners' pages: every block is run, in its order, against a newsroom."""

import re
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from accounts import services
from articles.services.library import claimants
from partners.models import Partner
from partners.services import keys
from tests import newsroom
from tests.findings import assert_none
from tests.snippets import Session, differences, problems, shown_json, snippets

DOCS = Path(__file__).parents[2] / "docs"
#: Each page with the number of blocks that it has at least.
PAGES = {"api.md": 14, "webhooks.md": 8}
#: A chat's message, for the block that is a tip line.
MESSAGE = "FORWARDED MANY TIMES!! The new bridge cost 12 million crowns"


@pytest.fixture
def values(people: SimpleNamespace, live_server: Any, settings: Any) -> dict[str, str]:
    """What the guide's reader has: an address, a key and two tokens. There is something to read."""
    settings.SITE_URL = live_server.url
    ada = claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Ada Berg", kind="person", role="")
    said = {"claimant": ada, "claimed_on": date(2026, 2, 27).isoformat()}
    newsroom.published(people, text="The ferry made 20 trips a day", **said)
    newsroom.published(people, text="The ferry made 20 trips a day in winter", **said)
    newsroom.published(people, text="The new bridge cost 12 million crowns", rating="false", **said)
    partner = Partner.objects.create(name="Morning Post", contact_email="desk@post.example")
    _, key = keys.issue_key(partner=partner, name="guide", scopes=["read", "submit", "webhooks"])
    tokens = [services.issue_token(user=user, name="guide")[1] for user in (people.checker, people.editor)]
    return {"SITE": live_server.url, "KEY": key, "TOKEN": tokens[0], "EDITOR_TOKEN": tokens[1]}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_every_block_of_a_page_does_what_it_shows(name: str, values: dict[str, str], tmp_path: Path) -> None:
    if missing := [tool for tool in ("bash", "curl", "jq") if not shutil.which(tool)]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    session = Session(tmp_path, values=values, places={"https://facts.example.org": values["SITE"]})
    found = snippets((DOCS / name).read_text(encoding="utf-8"))
    faults = []
    for snippet in found:
        printed = session.run(snippet, message=MESSAGE)
        if snippet.answer:
            faults += problems(snippet, printed)
        elif re.search(r'"status": ?[45]\d\d', printed):
            faults.append(f"line {snippet.line}: {printed}")
    assert_none(faults)
    assert len(found) >= PAGES[name]


@pytest.mark.parametrize(
    ("shown", "real", "fault"),
    [
        ('{"a": 1, …}', {"a": 2, "b": 3}, ""),
        ('{"a": 1}', {"a": 2, "b": 3}, " has also ['b']"),
        ('{"a": 1, …}', {"b": 3}, ".a is not there; there are ['b']"),
        ('{"a": "…"}', {"a": None}, ".a is None, shown as '…'"),
        ('{"a": [{"b": 1}, …]}', {"a": []}, ".a has 0 items, not 1: []"),
        ('{"a": […]}', {"a": []}, ""),
        ('{"state": "received"}', {"state": "declined"}, ".state is 'declined', shown as 'received'"),
    ],
)
def test_an_answer_of_another_shape_is_a_fault(shown: str, real: Any, fault: str) -> None:
    assert list(differences(shown_json(shown), real)) == ([fault] if fault else [])


def test_a_block_that_nobody_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1: this block is neither run"):
        snippets("```\nGET /\n```\n")


def test_a_block_is_left_out_for_a_reason_that_stands_above_it() -> None:
    text = "<!-- not run: a firewall -->\n```sh\nfalse\n```\n\nThen:\n\n```sh\ntrue\n```\n"
    assert [snippet.code for snippet in snippets(text)] == ["true\n"]

"""Assistants that speak the Model Context Protocol ask through the official SDK's own client."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from mcp import Client, StdioServerParameters

from api.agents import server, tools
from tests import newsroom

ROOT = Path(__file__).resolve().parents[3]
TOOLS = {"match_claim", "search_checks", "get_check", "list_changes"}
TEXT = "The new bridge of Lindholm cost 12 million crowns"
commits = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def asking(target: Any, act: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(target) as client:
            return await act(client)

    return asyncio.run(run())


@commits
def test_an_assistant_lists_the_tools_and_gets_a_verdict_it_can_cite(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, text=TEXT)
    newsroom.published(people, text="The old ferry made twenty trips a day")
    slug = newsroom.record_of(claim).document()["claim"]["slug"]

    async def act(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert {tool.name for tool in listed} == TOOLS
        assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in listed)
        answer = await client.call_tool("match_claim", {"text": f"Is it true? {TEXT}!!"})
        (found,) = answer.structured_content["same"]
        assert found["claim"]["id"] == str(claim.pk)
        assert found["verdict"]["rating"]["definition"]
        assert found["cite"].endswith(f"/claims/{slug}/")
        check = (await client.call_tool("get_check", {"check": found["claim"]["url"]})).structured_content
        assert check["evidence"][0]["stance"] == "supports"
        assert check["proof"].endswith(f"/claims/{slug}/r1.tlog-proof")
        searched = (await client.call_tool("search_checks", {"query": "ferry"})).structured_content
        assert [one["text"] for one in searched["results"]] == ["The old ferry made twenty trips a day"]
        first = (await client.call_tool("list_changes", {"limit": 1})).structured_content
        rest = (await client.call_tool("list_changes", {"cursor": first["next_cursor"]})).structured_content
        assert [one["seq"] for one in first["changes"] + rest["changes"]] == [1, 2]
        assert rest["has_more"] is False
        refused = await client.call_tool("get_check", {"check": "nothing-like-it"})
        assert refused.is_error
        assert "no such check" in refused.content[0].text

    asking(server.make_server(), act)


@commits
def test_the_local_command_answers(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, text=TEXT)
    given = connection.settings_dict
    address = f"host={given['HOST']}&port={given['PORT'] or 5432}"
    login = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
    command = StdioServerParameters(
        command=sys.executable,
        args=[str(ROOT / "manage.py"), "mcp"],
        env={
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": f"postgresql://{login}@/{given['NAME']}?{address}",
            "READERS_DATABASE_URL": "",
        },
    )

    async def act(client: Client) -> Any:
        return (await client.call_tool("get_check", {"check": str(claim.pk)})).structured_content

    assert asking(command, act)["text"] == TEXT


def test_a_retracted_check_has_no_verdict_and_says_why(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("retracted", people, text="A tunnel was dug by hand")
    check = tools.get_check(str(claim.pk))
    assert check["verdict"] is None
    assert check["retraction"]["note"]
    assert "retracted" in check["cite"]
    change = tools.list_changes()["changes"][-1]
    assert (change["kind"], change["note"]) == ("retracted", check["retraction"]["note"])


def test_a_confidential_source_is_described_and_not_named(people: SimpleNamespace) -> None:
    source = newsroom.source(
        people.reporter, title="Secret minutes", is_confidential=True, public_description="A person at the city"
    )
    claim = newsroom.complete(people.reporter)
    claim = newsroom.evidence.add(
        claim=claim,
        source=source,
        stance="supports",
        locator="page 2",
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    ).claim
    for step, person in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, person)
    check = tools.get_check(str(claim.pk))
    assert {"A person at the city"} <= {one["source"] for one in check["evidence"]}
    assert "Secret minutes" not in str(check)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: tools.match_claim("x" * 5001),
        lambda: tools.match_claim("A bridge", language="not a tag"),
        lambda: tools.search_checks("  "),
        lambda: tools.search_checks("x" * 501),
        lambda: tools.get_check("https://elsewhere.example/claims/x/"),
        lambda: tools.get_check("\x00"),
        lambda: tools.list_changes("forged"),
    ],
)
def test_a_bad_question_says_what_to_ask_instead(ask: Callable[[], Any]) -> None:
    with pytest.raises(tools.QuestionError, match=r"\w+"):
        ask()


def test_questions_over_http_are_counted_for_each_network(settings: Any) -> None:
    settings.API_MATCH_RATE = "2/hour"
    request = SimpleNamespace(headers={}, client=SimpleNamespace(host="203.0.113.7"))
    context = SimpleNamespace(request_context=SimpleNamespace(request=request))
    for _ in range(2):
        server._count(context)
    with pytest.raises(server.ToolError, match="Come back in"):
        server._count(context)

"""docs/workflow.md is the table, in words."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import workflow
from articles.management.commands import workflow_doc


def test_the_workflow_page_in_the_repository_is_up_to_date():
    out = StringIO()
    call_command("workflow_doc", "--check", stdout=out)
    assert out.getvalue() == "docs/workflow.md is up to date.\n"


def test_a_stale_workflow_page_is_reported_and_rewritten(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="run make docs") as refusal:
        call_command("workflow_doc", "--check")
    assert refusal.value.returncode == 1
    call_command("workflow_doc", stdout=StringIO())
    call_command("workflow_doc", "--check", stdout=StringIO())
    page = tmp_path / "docs" / "workflow.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Retract", "Withdraw"), encoding="utf-8")
    with pytest.raises(CommandError, match="run make docs"):
        call_command("workflow_doc", "--check")


@pytest.mark.parametrize("step", workflow.TRANSITIONS, ids=lambda step: step.key)
def test_the_workflow_page_draws_and_explains_each_step(step):
    page = workflow_doc.render()
    for source in step.sources:
        assert f"    {source.value} --> {step.target.value}: {step.label}\n" in page
    assert step.help in page
    assert f"`{step.permission}`" in page
    for guard in step.guards:
        assert f"`{guard.key}`: {guard.text.partition('{')[0]}" in page


def test_the_workflow_page_names_the_roles_that_hold_the_permission():
    page = workflow_doc.render()
    assert "| `publish` | Publish | `approved` | `published` | Editor, Administrator | optional |" in page
    assert (
        "| `send_back` | Send back | `review`, `approved` | `checking` | Checker, Editor, Administrator | required |"
        in page
    )

"""``manage.py workflow_doc``: docs/workflow.md, written from the table it is about."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.roles import ROLES
from articles import guards, workflow
from articles.choices import EDITABLE_STAGES, Stage
from articles.guards import Guard
from articles.workflow import Transition

_CONTRIBUTED = "wrote the claim, proposed the verdict or edited what is being approved"
_UNTRANSLATED = "…"
_HEAD = """\
# The life of a claim

<!-- Written by `make docs` from articles/workflow.py, articles/guards.py and accounts/roles.py. -->

This page lists every step of a claim's life, who may apply it, and its conditions. Each step is a row of one table,
`articles/workflow.py`. The buttons of the desk, the actions of the API, the services and this page use that table. The
database refuses any other step.
"""
_CHECKLIST = """\
## Conditions of submission, approval and publication

What a checker could not approve is not submitted: the same points bind all three steps. The desk shows each unmet
condition before the click; the API names it in its response.
"""
_REVIEW = """\
## Review

An approval is of something that was read. Two conditions belong to the person, not to the claim:

- **Opened.** Who approves has opened exactly this content: on the review page (`/admin/articles/claim/<id>/review/`),
  or with `GET /api/v1/desk/claims/<id>/` under their own name. Over the API, `If-Match` says that nothing changed
  since, and the reading says who had it. A list, the history or a part of the claim is no reading. An edit of the
  content needs a new reading; who works on it and until when is no content. So several claims cannot be approved at
  once.
- **Compared, or a reason.** Each figure and each quotation in statement, summary and explanation is ticked beside the
  passage of its source, by somebody who may approve and did not work on the claim. A tick falls when its sentence or
  the passage of its source changes. An approval with open ticks needs a comment; so does one beside a second verdict
  that differs. The comment is kept with the approval in the history and is never public. Over the API there are no
  ticks: send a `comment`.

A **second verdict** can be asked for from a named colleague who did not work on the claim and did not open it for
review. Until it is given, rating, summary and explanation are hidden from that person on the pages of the claim and in
the API, and lists show the rating to nobody. It is kept with its reason beside the rating that the claim had then. It
does not block an approval.
"""


class Command(BaseCommand):
    """Write the page, or say that it is stale."""

    help = "Writes docs/workflow.md from the workflow table. With --check only says whether that would change it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to write or to compare."""
        parser.add_argument("--check", action="store_true", help="Exit with 1 when the page is not up to date.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare or write."""
        path, page = Path(settings.BASE_DIR) / "docs" / "workflow.md", render()
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != page:
                raise CommandError("docs/workflow.md is not what the workflow table says: run make docs.")
            self.stdout.write("docs/workflow.md is up to date.")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
        self.stdout.write("Wrote docs/workflow.md.")


def render() -> str:
    """The whole page."""
    parts = [_HEAD, _diagram(), _stages(), _steps(), _CHECKLIST + "\n" + _numbered(guards.CONTENT), _REVIEW, _details()]
    return "\n".join(parts)


def _diagram() -> str:
    lines = [
        f"    {source.value} --> {step.target.value}: {step.label}"
        for step in workflow.TRANSITIONS
        for source in step.sources
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> draft", *lines, "```", ""])


def _stages() -> str:
    rows = [
        f"| `{stage.value}` | {stage.label} | {'yes' if stage in EDITABLE_STAGES else 'no'} "
        f"| {', '.join(step.label for step in workflow.leaving(stage.value))} |"
        for stage in Stage
    ]
    head = ["## Stages", "", "| key | called | content may change | steps from here |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _steps() -> str:
    rows = [
        f"| `{step.key}` | {step.label} | {', '.join(f'`{s.value}`' for s in step.sources)} | `{step.target.value}` "
        f"| {_roles(step)} | {'required' if step.needs_comment else 'optional'} |"
        for step in workflow.TRANSITIONS
    ]
    head = ["## Steps", "", "| key | called | from | to | roles | comment |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _details() -> str:
    lines = ["## Each step", ""]
    for step in workflow.TRANSITIONS:
        lines += [f"### {step.label}", "", step.help, "", f"Needs the permission `{step.permission}`.", ""]
        lines += _conditions(step)
    return "\n".join(lines)


def _conditions(step: Transition) -> list[str]:
    own = [guard for guard in step.guards if guard not in guards.CONTENT]
    lines = []
    if all(guard in step.guards for guard in guards.CONTENT):
        lines += ["Every point of the list above must hold.", ""]
    else:
        own = list(step.guards)
    if own:
        lines += [
            "What is refused, in the words people read:",
            "",
            *(f"- `{guard.key}`: {_words(guard)}" for guard in own),
            "",
        ]
    return lines


def _numbered(guards: tuple[Guard, ...]) -> str:
    return "\n".join([*(f"{n}. `{guard.key}`: {_words(guard)}" for n, guard in enumerate(guards, start=1)), ""])


def _words(guard: Guard) -> str:
    return guard.text.format(part=_CONTRIBUTED, untranslated=_UNTRANSLATED)


def _roles(step: Transition) -> str:
    return ", ".join(role.name for role in ROLES if step.permission in role.permissions)

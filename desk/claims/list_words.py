"""What the script of the list is given: addresses, rights, and every text that it shows."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import rules
from articles.selectors.claims.claim_list import Asked


def settings(user: Any, asked: Asked) -> dict[str, Any]:
    """For the page's ``<script type="application/json">``."""
    may_edit = rules.may_edit_claims(user)
    addresses = {
        name: reverse(f"admin:articles_claim_{name}")
        for name in ("list_filters", "list_options", "list_counts", "bulk_preview", "bulk", "bulk_undo")
    }
    return {
        "addresses": addresses,
        "quick": reverse("admin:articles_claim_changelist"),
        "query": asked.query(),
        "may_edit": may_edit,
        "words": _words() | _bulk_words(),
    }


def _words() -> dict[str, str]:
    return {
        "chosen": _("{n} chosen"),
        "any": _("any"),
        "apply_filters": _("Show"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "typed": _("Type or choose"),
        "unreached": _("The server cannot be reached. Reload the list to see whether anything changed."),
        "signed_out": _("You are signed out. Sign in again in another tab, then repeat this."),
        "open": pgettext("button", "Open"),
        "evidence": _("{n} pieces of evidence"),
        "one_evidence": _("1 piece of evidence"),
        "no_evidence": _("No evidence yet"),
        "missing": _("Missing"),
        "next": _("Next step"),
        "no_step": _("No step is open to you here."),
        "summary": _("Summary"),
        "no_summary": _("No verdict yet"),
        "loading": _("Loading …"),
        "quick": _("Quick look"),
    }


def _bulk_words() -> dict[str, str]:
    return {
        "assign": _("Assign"),
        "assignee": _("Assign to"),
        "nobody": _("Nobody"),
        "due": _("Due date"),
        "due_help": _("Empty: no due date."),
        "topics": _("Topics"),
        "add": _("Add topics"),
        "remove": _("Remove topics"),
        "topics_help": _("Separated by commas."),
        "drop": _("Drop"),
        "reason": _("Why the claims will not be checked"),
        "look": _("Show what will change"),
        "changes": _("What will change"),
        "refused": _("Not changed, because it is refused"),
        "unchanged": _("{n} already so"),
        "loses_approval": _("loses its approval"),
        "do_it": _("Change {n}"),
        "nothing": _("Nothing would change."),
        "back": _("Back"),
        "undo": _("Undo"),
        "undone": _("Undone: {n}."),
        "not_undone": _("Not undone: {list}"),
    }

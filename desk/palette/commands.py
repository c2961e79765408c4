"""The acts and pages that the command palette offers: a name, other words for it, who may, and an address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import folding, rules


def _has(permission: str) -> Callable[[Any], bool]:
    return lambda user: user.has_perm(permission)


def _everybody(user: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    title: Any
    words: Any
    name: str
    may: Callable[[Any], bool]
    query: str = ""

    def address(self) -> str:
        """Where it leads."""
        return reverse(f"admin:{self.name}") + self.query


_LIST: Final = "articles_claim_changelist"
COMMANDS: Final = (
    Command(_("New claim"), _("add enter create"), "articles_claim_add", rules.may_edit_claims),
    Command(_("Import an article"), _("add new paste upload"), "articles_article_add", rules.may_import_articles),
    Command(_("Inbox"), _("to do mentions waiting desk"), "inbox", _everybody),
    Command(_("Calendar"), _("due days re-checks"), "calendar", rules.may_see_the_desk),
    Command(_("Numbers"), _("statistics corrections"), "numbers", _has("articles.assign_claim")),
    Command(_("Claims"), _("list search open"), _LIST, rules.may_see_the_desk),
    Command(_("My claims"), _("mine assigned"), _LIST, rules.may_see_the_desk, "?assignee=me"),
    Command(_("Claims to review"), _("check approve"), _LIST, rules.may_see_the_desk, "?stage=review"),
    Command(_("Overdue claims"), _("late due"), _LIST, rules.may_see_the_desk, "?overdue=yes"),
    Command(_("Articles"), _("texts"), "articles_article_changelist", _has("articles.view_article")),
    Command(_("Sources"), _("documents evidence"), "articles_source_changelist", _has("articles.view_source")),
    Command(_("New source"), _("add enter"), "articles_source_add", rules.may_edit_sources),
    Command(_("Claimants"), _("people who said"), "articles_claimant_changelist", _has("articles.view_claimant")),
    Command(_("Topics"), _("subjects"), "articles_topic_changelist", _has("articles.view_claim")),
    Command(_("Ratings"), _("scale verdicts"), "articles_rating_changelist", _has("articles.view_rating")),
    Command(_("Claim templates"), "", "articles_claimtemplate_changelist", _has("articles.view_claim")),
    Command(_("Submissions"), _("sent in"), "articles_submission_changelist", _has("articles.view_submission")),
    Command(_("Reported errors"), _("reports readers"), "articles_report_changelist", _has("articles.view_report")),
    Command(_("Records"), _("log published"), "articles_record_changelist", _has("articles.view_record")),
    Command(_("About pages"), "", "articles_page_changelist", _has("articles.view_page")),
    Command(_("People"), _("users accounts roles"), "accounts_user_changelist", _has("accounts.view_user")),
    Command(_("Invite a person"), _("new account user"), "accounts_person_invite", _has("accounts.add_user")),
    Command(_("Roles"), "", "auth_group_changelist", _has("auth.view_group")),
    Command(_("Partners"), _("keys api"), "partners_partner_changelist", _has("partners.view_partner")),
    Command(_("Endpoints"), "", "partners_endpoint_changelist", _has("partners.view_endpoint")),
    Command(_("Deliveries"), "", "partners_delivery_changelist", _has("partners.view_delivery")),
    Command(_("My tokens"), "", "accounts_personaltoken_changelist", _everybody),
    Command(_("Background jobs"), _("worker queue"), "jobs_page", _has("jobs.view_jobrun")),
    Command(_("Notifications"), _("e-mail settings"), "notifications_choices", _everybody),
)


def offered(typed: str, user: Any) -> list[Command]:
    """The commands that ``user`` may use and that have every typed word at the beginning of one of theirs.

    Those whose title has them come first.
    """
    wanted = folding.words(typed)
    found = [one for one in COMMANDS if one.may(user) and _fits(f"{one.title} {one.words}", wanted)]
    return sorted(found, key=lambda one: not _fits(str(one.title), wanted))


def _fits(words: str, wanted: list[str]) -> bool:
    own = folding.words(words)
    return all(any(word.startswith(part) for word in own) for part in wanted)

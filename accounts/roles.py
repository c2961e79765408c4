"""Roles as data: which permissions each of the newsroom's four roles starts with.

They are stored as Django groups, so a newsroom can change them without a deployment. This table is what a new
installation gets; ``accounts.services.ensure_roles`` grants existing groups what a release adds to it.
"""

from dataclasses import dataclass

_EDITED = ("article", "claim", "claimant", "source", "appearance", "evidence", "rightofreply", "relation")
_WRITE = (
    *(f"articles.{act}_{model}" for model in _EDITED for act in ("view", "add", "change")),
    "articles.delete_appearance",
    "articles.delete_evidence",
    "articles.delete_rightofreply",
    "articles.delete_relation",
    "articles.view_articleversion",
    "articles.view_capture",
    "articles.add_capture",
    "articles.view_verdict",
    "articles.view_rating",
    "articles.view_record",
    "articles.view_change",
    "articles.view_submission",
    "articles.view_anchorcheck",
    "articles.view_report",
    "articles.view_page",
)
_CHECK = (
    "articles.review_claim",
    "articles.recheck_claim",
    "articles.decide_submission",
    "articles.handle_report",
    "articles.add_page",
    "articles.change_page",
)
_EDIT = (
    "articles.publish_claim",
    "articles.publish_page",
    "articles.assign_claim",
    "articles.add_rating",
    "articles.change_rating",
    "partners.view_partner",
    "partners.view_key",
    "partners.view_partnerchange",
)
_ADMINISTER = (
    "accounts.view_user",
    "accounts.add_user",
    "accounts.change_user",
    "auth.view_group",
    "auth.change_group",
    "partners.add_partner",
    "partners.change_partner",
    "partners.add_key",
    "partners.change_key",
    "partners.view_endpoint",
    "partners.add_endpoint",
    "partners.change_endpoint",
    "partners.view_delivery",
)
#: What administrators got after the first edition.
_OPERATE = ("jobs.view_jobrun", "jobs.run_job")


@dataclass(frozen=True, slots=True)
class Role:
    """A role: the group's name, what its members may do, and the same in a sentence."""

    key: str
    name: str
    permissions: tuple[str, ...]
    summary: str


REPORTER = Role("reporter", "Reporter", _WRITE, "Imports articles, writes claims, adds evidence and proposes verdicts.")
CHECKER = Role("checker", "Checker", _WRITE + _CHECK, "As a reporter, and reviews and approves the work of others.")
EDITOR = Role(
    "editor",
    "Editor",
    _WRITE + _CHECK + _EDIT,
    "As a checker, and publishes, corrects and retracts, assigns work, and edits ratings and pages.",
)
ADMINISTRATOR = Role(
    "administrator",
    "Administrator",
    _WRITE + _CHECK + _EDIT + _ADMINISTER + _OPERATE,
    "As an editor, and manages people, roles, partners and their keys.",
)

ROLES = (REPORTER, CHECKER, EDITOR, ADMINISTRATOR)

#: What the first edition added to the roles while it grew, last first. Its groups do not say from which of its tables
#: they were made; ``made_from`` finds the likely one.
_ADDED = (
    frozenset(
        f"articles.{name}"
        for name in ("view_page", "view_report", "add_page", "change_page", "handle_report", "publish_page")
    ),
    frozenset(
        {"articles.view_anchorcheck", "articles.view_submission", "articles.decide_submission"}
        | {f"partners.{act}_{model}" for act in ("view", "add", "change") for model in ("partner", "key", "endpoint")}
        | {"partners.view_partnerchange", "partners.view_delivery"}
    ),
)
_FIRST_EDITION = {
    REPORTER.key: _WRITE,
    CHECKER.key: _WRITE + _CHECK,
    EDITOR.key: _WRITE + _CHECK + _EDIT,
    ADMINISTRATOR.key: _WRITE + _CHECK + _EDIT + _ADMINISTER,
}


def made_from(key: str, permissions: frozenset[str]) -> frozenset[str]:
    """Which of the first edition's tables a group with these permissions was most likely made from: the closest one.

    For groups from before the product kept what it granted. What the newsroom took away from that table stays away.
    """
    table = frozenset(_FIRST_EDITION[key])
    tables = [table]
    for added in _ADDED:
        table -= added
        tables.append(table)
    return min(tables, key=lambda candidate: len(candidate ^ permissions))

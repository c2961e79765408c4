"""Roles as data: which permissions each of the newsroom's four roles starts with.

They are stored as Django groups, so an administrator can change them without a deployment; this table
is what a new installation gets and what ``accounts.services.ensure_roles`` brings back.
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
    "jobs.view_jobrun",
    "jobs.run_job",
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role: the group's name and what its members may do."""

    key: str
    name: str
    permissions: tuple[str, ...]


REPORTER = Role("reporter", "Reporter", _WRITE)
CHECKER = Role("checker", "Checker", _WRITE + _CHECK)
EDITOR = Role("editor", "Editor", _WRITE + _CHECK + _EDIT)
ADMINISTRATOR = Role("administrator", "Administrator", _WRITE + _CHECK + _EDIT + _ADMINISTER)

ROLES = (REPORTER, CHECKER, EDITOR, ADMINISTRATOR)

"""Who may do what: small named predicates, asked by the services and by whatever draws buttons."""

from accounts.models import User
from articles.choices import EDITABLE_STAGES
from articles.models import Claim
from articles.workflow import Transition


def is_editable(claim: Claim) -> bool:
    """Whether the content of the claim may change in the stage it is in."""
    return claim.stage in EDITABLE_STAGES


def may_see_the_desk(user: User) -> bool:
    """Whether ``user`` may look at claims that are not public."""
    return user.is_active and user.is_staff and user.has_perm("articles.view_claim")


def may_edit_claims(user: User) -> bool:
    """Whether ``user`` enters and edits claims, evidence and verdicts."""
    return user.is_active and user.has_perm("articles.change_claim")


def may_take_in_articles(user: User) -> bool:
    """Whether ``user`` brings in articles."""
    return user.is_active and user.has_perm("articles.add_article")


def may_edit_sources(user: User) -> bool:
    """Whether ``user`` enters and edits sources and claimants."""
    return user.is_active and user.has_perm("articles.change_source")


def may_assign(user: User, *, assignee: User | None) -> bool:
    """Whether ``user`` may put a claim on ``assignee``'s desk. Anybody may take or give up a claim themselves."""
    return user.has_perm("articles.assign_claim") or (
        user.has_perm("articles.change_claim") and assignee in (None, user)
    )


def may_take_step(user: User, transition: Transition) -> bool:
    """Whether ``user`` holds the permission of a step; its guards are another matter."""
    return user.is_active and user.has_perm(transition.permission)


def may_decide_submissions(user: User) -> bool:
    """Whether ``user`` says what becomes of a claim that was sent in."""
    return user.is_active and user.has_perm("articles.decide_submission")


def may_handle_reports(user: User) -> bool:
    """Whether ``user`` reads who reported an error, and says what becomes of it."""
    return user.is_active and user.has_perm("articles.handle_report")


def may_write_pages(user: User) -> bool:
    """Whether ``user`` works on the pages about the newsroom, which readers do not see yet."""
    return user.is_active and user.has_perm("articles.change_page")


def may_publish_pages(user: User) -> bool:
    """Whether ``user`` publishes them."""
    return user.is_active and user.has_perm("articles.publish_page")

"""Who may do what: small named predicates, used by services and by pages that show buttons."""

from datetime import datetime, timedelta

from accounts.models import User
from articles.choices import EDITABLE_STAGES, Stage
from articles.models import Claim, Comment, ExpertLink
from articles.workflow import Transition

#: So long after it was written a comment may still be put in other words by who wrote it: long enough for a slip,
#: short enough that nobody answers words that are not there any more.
REWORDING = timedelta(minutes=15)


def is_editable(claim: Claim) -> bool:
    """Whether the content of the claim may change in the stage it is in."""
    return claim.stage in EDITABLE_STAGES


def may_see_the_desk(user: User) -> bool:
    """Whether ``user`` may look at claims that are not public."""
    return user.is_active and user.is_staff and user.has_perm("articles.view_claim")


def may_edit_claims(user: User) -> bool:
    """Whether ``user`` enters and edits claims, evidence and verdicts."""
    return user.is_active and user.has_perm("articles.change_claim")


def may_import_articles(user: User) -> bool:
    """Whether ``user`` brings in articles."""
    return user.is_active and user.has_perm("articles.add_article")


def may_edit_sources(user: User) -> bool:
    """Whether ``user`` enters and edits sources and claimants."""
    return user.is_active and user.has_perm("articles.change_source")


def may_merge(user: User) -> bool:
    """Whether ``user`` merges claimants, sources and topics: it cannot be undone, so it takes the right to review."""
    return may_edit_sources(user) and user.has_perm("articles.review_claim")


def may_edit_ratings(user: User) -> bool:
    """Whether ``user`` changes the scale of verdicts: its ratings, their order and their translations."""
    return user.is_active and user.has_perms(["articles.add_rating", "articles.change_rating"])


def may_edit_templates(user: User) -> bool:
    """Whether ``user`` writes templates for new claims: a template can put claims on another person's desk."""
    return user.is_active and user.has_perm("articles.assign_claim")


def may_assign(user: User, *, assignee: User | None) -> bool:
    """Whether ``user`` may put a claim on ``assignee``'s desk. Anybody may take or give up a claim themselves."""
    return user.has_perm("articles.assign_claim") or (
        user.has_perm("articles.change_claim") and assignee in (None, user)
    )


def may_take_step(user: User, transition: Transition) -> bool:
    """Whether ``user`` holds the permission of a step; its guards are another matter."""
    return user.is_active and user.has_perm(transition.permission)


def may_publish(user: User) -> bool:
    """Whether ``user`` may publish claims, schedule them, and choose their addresses."""
    return user.is_active and user.has_perm("articles.publish_claim")


def may_decide_submissions(user: User) -> bool:
    """Whether ``user`` may decide about submissions."""
    return user.is_active and user.has_perm("articles.decide_submission")


def may_handle_reports(user: User) -> bool:
    """Whether ``user`` may see who reported an error, and decide about the report."""
    return user.is_active and user.has_perm("articles.handle_report")


def may_write_pages(user: User) -> bool:
    """Whether ``user`` works on the pages about the newsroom, which readers do not see yet."""
    return user.is_active and user.has_perm("articles.change_page")


def may_publish_pages(user: User) -> bool:
    """Whether ``user`` publishes them."""
    return user.is_active and user.has_perm("articles.publish_page")


def may_comment(user: User) -> bool:
    """Whether ``user`` may write and resolve comments: everyone who may see the desk."""
    return may_see_the_desk(user)


def may_reword_comment(user: User, comment: Comment, *, at: datetime) -> bool:
    """Whether ``user`` may change the words of ``comment`` at ``at``: its author, fifteen minutes long, while open."""
    is_open = comment.removed_at is None and comment.resolved_at is None
    return may_comment(user) and is_open and comment.created_by_id == user.pk and at < comment.created_at + REWORDING


def may_remove_comment(user: User, comment: Comment) -> bool:
    """Whether ``user`` may empty ``comment``: its author, and who may assign claims to others."""
    may = comment.created_by_id == user.pk or user.has_perm("articles.assign_claim")
    return may_comment(user) and comment.removed_at is None and may


def may_invite_experts(user: User, claim: Claim) -> bool:
    """Whether ``user`` may hand out a link to ``claim``: to their own, and to all with the right to review."""
    if not may_edit_claims(user) or claim.stage == Stage.DROPPED:
        return False
    return user.has_perm("articles.review_claim") or user.pk in (claim.created_by_id, claim.assignee_id)


def may_revoke_link(user: User, link: ExpertLink) -> bool:
    """Whether ``user`` may revoke ``link``: its creator and everyone who may create one, in every stage."""
    if not may_edit_claims(user):
        return False
    mine = user.pk in (link.created_by_id, link.claim.created_by_id, link.claim.assignee_id)
    return mine or user.has_perm("articles.review_claim")


def may_ask_for_second_verdict(user: User) -> bool:
    """Whether ``user`` may ask a colleague for a second, independent verdict: everyone who may approve."""
    return user.is_active and user.has_perm("articles.review_claim")


def may_settle_notes(user: User) -> bool:
    """Whether ``user`` may decide about an expert's note and make a source of it."""
    return may_edit_claims(user) and may_edit_sources(user)

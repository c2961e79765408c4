"""Who is named to readers: the authors of a check and who approved it, each under the public name they chose."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from articles.choices import ChangeKind
from articles.models import Change, Claim, Verdict

Document = dict[str, Any]
#: The columns of a verdict whose author is named.
_WRITTEN: Final = ("rating_id", "summary", "explanation_html")


def names(claim: Claim, verdict: Verdict | None) -> Document:
    """The keys ``authors`` and ``checked_by`` of the next record, as far as the newsroom and the people want them.

    A key is left out where nobody is named.
    """
    found: Document = {"authors": shown_authors(claim)}
    if settings.BYLINES == "authors-and-checkers" and verdict and verdict.approved_by:
        found["checked_by"] = named([verdict.approved_by])
    return {key: people for key, people in found.items() if people}


def shown_authors(claim: Claim) -> list[Document]:
    """Whom the next record names as authors; nobody where the newsroom names nobody."""
    return [] if settings.BYLINES == "none" else named(authors(claim))


def authors(claim: Claim) -> list[User]:
    """The authors that were chosen, in that order; without a choice those who wrote the verdict, first one first."""
    return in_order(claim.chosen_authors or _writers(claim))


def in_order(ids: Sequence[int]) -> list[User]:
    """The people with these ids, in this order."""
    found = User.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def named(people: Iterable[User]) -> list[Document]:
    """Those of ``people`` who have a public name, as records name them."""
    return [{"name": user.public_name, "line": user.public_line} for user in people if user.public_name]


def _writers(claim: Claim) -> list[int]:
    """Who gave, worded or changed a verdict of the claim. Of a new one its proposer: an import acts for another."""
    worded = Q(kind=ChangeKind.INSERT) | Q(kind=ChangeKind.UPDATE, after__has_any_keys=list(_WRITTEN))
    changes = Change.objects.filter(worded, claim_id=claim.pk, table="articles_verdict").order_by("id")
    ids = [
        (after or {}).get("proposed_by_id") if kind == ChangeKind.INSERT else actor
        for kind, actor, after in changes.values_list("kind", "actor_id", "after")
    ]
    return list(dict.fromkeys(pk for pk in ids if pk))

"""The landing page: what waits for the person who signed in."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate

from accounts.models import User
from articles.selectors.claims import progress
from articles.selectors.collaboration import activity
from articles.selectors.passages import article_desk
from articles.selectors.verification import sent_back as verification_sent_back
from desk.http import badges

#: So many of each queue are shown; the rest is one click away.
SHOWN = 8
_LISTS = {
    "for_you": "?for_me=comments",
    "mine": "?assignee=me",
    "review": "?stage=review",
    "notes": "?for_me=notes",
    "due": "?overdue=yes",
    "week": "?overdue=week",
    "nobody": "?assignee=nobody&overdue=open",
    "recheck": "?stage=published&o=7",
    "passages": "?passages=unsettled",
}


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the landing page, with the queues of this person."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("articles.view_claim"):
        return {**context, "queues": []}
    today = localdate()
    queues = []
    found = [(queue, list(queue.claims[: SHOWN + 1])) for queue in progress.queues(user=user, today=today)]
    sent_back = verification_sent_back.sent_back_claims(claim for _queue, rows in found for claim in rows[:SHOWN])
    for queue, rows in found:
        if queue.key == "notes" and not rows:
            continue  # few newsrooms ask outside every day
        queues.append(
            {
                "key": queue.key,
                "title": queue.title,
                "empty": queue.empty,
                "count": len(rows) if len(rows) <= SHOWN else queue.claims.count(),
                "rows": [(claim, badges.stage(claim.stage), sent_back.get(claim.pk)) for claim in rows[:SHOWN]],
                "list": _LISTS[queue.key],
                "shows_recheck": queue.key == "recheck",
            }
        )
    return {
        **context,
        "queues": queues,
        **_waiting(today),
        "articles_in_work": article_desk.in_work() if user.has_perm("articles.view_article") else [],
        "today": today,
        "may_add_claim": user.has_perm("articles.add_claim"),
        "may_add_article": user.has_perm("articles.add_article"),
    }


def _waiting(today: date) -> dict[str, Any]:
    """What claims in work wait for: what is late first."""
    rows = activity.waiting(limit=SHOWN + 1)
    return {
        "waiting": [(one, one.is_late(today)) for one in rows[:SHOWN]],
        "waiting_count": len(rows) if len(rows) <= SHOWN else activity.waiting_count(),
    }

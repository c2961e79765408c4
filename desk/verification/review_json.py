"""What the review page's panel and its script know of figures, quotations and comments."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Claim, Comment, Tick
from articles.selectors.verification.statements import Item, Passage
from desk.http import dates


def items_json(items: Iterable[Item], new_keys: frozenset[str]) -> list[dict[str, Any]]:
    """Each figure and quotation with its passages, as the template draws it."""
    return [
        {
            "number": number,
            "key": item.key,
            "words": item.words,
            "is_quotation": item.is_quotation,
            "sentence": item.sentence,
            "part": item.part,
            "is_new": item.key in new_keys,
            "has_source": item.has_source,
            "worked_out": item.worked_out,
            "tick": tick_json(item.tick) if item.tick else None,
            "passages": [_passage(passage) for passage in item.passages],
        }
        for number, item in enumerate(items, 1)
    ]


def tick_json(tick: Tick) -> dict[str, str]:
    """Who ticked it, and when: the time alone for today."""
    return {"by": tick.created_by.display_name(), "at": dates.recent_moment(tick.created_at)}


def comment_json(comment: Comment) -> dict[str, Any]:
    """A comment as the panel lists it."""
    passage = getattr(comment, "passage", None)
    return {
        "id": comment.pk,
        "by": comment.created_by.display_name(),
        "at": dates.moment(comment.created_at),
        "text": comment.text,
        "quoted": passage.exact if passage else "",
    }


def script_data(claim: Claim, request: Any) -> dict[str, Any]:
    """Addresses and texts for the script."""
    return {
        "claim": str(claim.pk),
        "ticks": reverse("admin:articles_claim_review_ticks", args=[claim.pk]),
        "comments": reverse("admin:articles_claim_review_comments", args=[claim.pk]),
        "texts": {
            "ticked": _("Ticked."),
            "unticked": _("Tick taken back."),
            "not_saved": _("The tick was not saved. Check the connection and try again."),
            "signed_out": _("You are signed out. Sign in in another tab, then try again: nothing here is lost."),
            "no_changes": _("There is no further change."),
            "all_ticked": _("Every figure and quotation is ticked."),
            "choose_words": _("Choose words in the text first: s takes the next sentence."),
            "commented": _("Comment posted."),
            "group": _("Review"),
            "next_change": _("next change"),
            "next_item": _("next figure or quotation"),
            "tick": _("tick it and go on"),
            "next_sentence": _("choose the next sentence"),
            "sentence_before": _("choose the sentence before"),
            "comment": _("comment on the chosen words"),
            "send_back": _("send back"),
            "approve": _("approve"),
            "help": _("this list"),
            "say_why": _("Say why you approve it with figures that are not ticked."),
        },
    }


def _passage(passage: Passage) -> dict[str, Any]:
    capture = reverse("admin:articles_capture_file", args=[passage.capture_id]) if passage.capture_id else ""
    article = reverse("admin:articles_article_desk", args=[passage.article_id]) if passage.article_id else ""
    return {
        "number": passage.number,
        "label": passage.label,
        "where": passage.where,
        "before": passage.before,
        "words": passage.words,
        "after": passage.after,
        "locator": passage.locator,
        "is_rounded": passage.fit == "rounded",
        "copy": capture,
        "article": article,
    }

"""The words of the work panel's scripts."""

from django.utils.translation import gettext as _


def panel_words() -> dict[str, str]:
    """What the scripts of the panel and of the claim's page say, in the language of who is signed in."""
    return {
        "of": _("{count} of {limit}"),
        "longest": _("longest: {count} of {limit}"),
        "unsaved": _("Not saved yet, kept at {time}"),
        "saved": _("Saved {time}"),
        "keeping": _("Keeping…"),
        "choose_rating": _("Choose a rating first."),
        "removed": _("Removed when you save."),
        "no_verdict": _("No verdict yet"),
        "no_next": _("There is no other claim in its article."),
        "no_connection": _("No connection. What you typed is kept in this browser and sent later."),
        "slow": _("The connection is slow. What you typed is kept in this browser and is being sent."),
        "nothing_saved": _("No connection. Nothing was saved; what you typed is kept in this browser. Try again."),
        "changed_by_others": _("Somebody else changed the verdict. Open the claim to compare before you save."),
        "added": _("Source added."),
        "picture_saved": _("Picture saved."),
        "on": _("on"),
        "off": _("off"),
        "next_claim": _("next claim of the article, claim before"),
        "verdict": _("verdict; then the summary"),
        "add_source": _("add a source"),
        "explanation": _("write the explanation"),
        "comment": _("comment"),
        "due": _("due date"),
        "assign": _("assign to me; again: to nobody"),
        "preview": _("preview"),
        "next_step": _("next step"),
        "save": _("save"),
        "leave": _("leave the field"),
        "help": _("this list"),
        "work": _("Work"),
        "go": _("Go to"),
        "failed": _("This could not be loaded. Try again."),
        "loading": _("Loading…"),
    }

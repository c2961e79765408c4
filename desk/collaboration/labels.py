"""The words that the scripts of comments and presence show."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def labels() -> dict[str, str]:
    """Each text by the name under which a script asks for it."""
    return {
        "comment": _("Comment"),
        "comments": _("Comments"),
        "post": pgettext("button", "Post"),
        "reply": _("Reply"),
        "save": _("Save"),
        "cancel": _("Cancel"),
        "edit": _("Edit"),
        "remove": _("Remove"),
        "resolve": _("Resolve"),
        "reopen": _("Reopen"),
        "read": _("Mark as read"),
        "changed": _("edited"),
        "removed": _("Removed. The history keeps it."),
        "resolved": _("Resolved by %(name)s, %(when)s"),
        "for_you": _("%(n)s for you"),
        "none": _("No comments yet."),
        "hint": _("Never public. @ mentions a colleague. Ctrl+Enter posts."),
        "people": _("Colleagues"),
        "found": _("%(n)s found. Arrow keys choose, Enter takes one."),
        "nobody": _("Nobody is called that."),
    }

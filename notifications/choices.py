"""The kinds of notices, how a person gets each, and the states of a message."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as for_desk


class Kind(models.TextChoices):
    """What a notice is about. The label begins the subject of its e-mail."""

    ASSIGNED = "assigned", _("Assigned to you")
    MENTIONED = "mentioned", _("You were mentioned")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    OVERDUE = "overdue", _("Overdue")
    ANSWERED = "answered", _("An answer to your question")
    REPORTED = "reported", _("A reader reported an error")
    NOT_PUBLISHED = "not_published", _("Not published")


class Frequency(models.TextChoices):
    """How a person gets the notices of one kind."""

    NOW = "now", _("At once")
    DAILY = "daily", _("In a daily summary")
    NONE = "none", _("Not at all")


class Channel(models.TextChoices):
    """Which way a message leaves."""

    EMAIL = "email", "E-mail"
    CHAT = "chat", for_desk("Chat")


#: What a person gets who has chosen nothing. What asks them to act comes at once; what is good to know comes daily.
DEFAULTS: dict[str, str] = {
    Kind.ASSIGNED: Frequency.NOW,
    Kind.MENTIONED: Frequency.NOW,
    Kind.SENT_BACK: Frequency.NOW,
    Kind.APPROVED: Frequency.NOW,
    Kind.PUBLISHED: Frequency.DAILY,
    Kind.OVERDUE: Frequency.DAILY,
    Kind.ANSWERED: Frequency.NOW,
    Kind.REPORTED: Frequency.NOW,
    Kind.NOT_PUBLISHED: Frequency.NOW,
}
#: When each kind is sent, in words for the page on which people choose.
DESCRIPTIONS: dict[str, str | Promise] = {
    Kind.ASSIGNED: for_desk("A colleague assigns a claim or a reader's report to you."),
    Kind.MENTIONED: for_desk("A colleague writes @ and your sign-in name in a comment, or waits for your review."),
    Kind.SENT_BACK: for_desk("A claim that you work on or wrote is sent back for more checking."),
    Kind.APPROVED: for_desk("A second person approves a claim that you work on or wrote."),
    Kind.PUBLISHED: for_desk("A claim that you work on or wrote is published."),
    Kind.OVERDUE: for_desk("A claim on your desk was due yesterday or earlier."),
    Kind.ANSWERED: for_desk(
        "Something that you noted as waited for is received: a reply, a document or an expert's note."
    ),
    Kind.REPORTED: for_desk("A reader reports an error in a claim that you work on or wrote."),
    Kind.NOT_PUBLISHED: for_desk("A claim that you scheduled or work on was not published at its time."),
}

#: The setting EMAIL_BACKEND where the desk shows e-mails on a page instead of sending them.
SHOWN = "notifications.backends.ShownOnPage"

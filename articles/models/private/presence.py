"""Who looks at what just now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Doing(models.TextChoices):
    """What somebody does on a page of the desk, as colleagues are told."""

    READING = "reading", _("is reading")
    VERDICT = "verdict", _("is editing the verdict")
    EVIDENCE = "evidence", _("is editing the evidence")
    STATEMENT = "statement", _("is editing the statement")
    REPLIES = "replies", _("is editing the replies")
    COMMENT = "comment", _("is writing a comment")
    EDITING = "editing", _("is editing")


class Presence(models.Model):
    """Somebody has the page of a claim or an article open: ``subject`` is its id. Erased a minute after ``seen_at``.

    The table is unlogged: it is lost when the database crashes, and no backup needs it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject = models.UUIDField()
    doing = models.CharField(max_length=12, choices=Doing, default=Doing.READING)
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["subject", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_doing_display()}"

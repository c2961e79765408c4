"""The closed lists of the people's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountAct(models.TextChoices):
    """What happened to an account."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGNED_OUT = "signed_out", _("signed out")
    FAILED = "failed", _("sign-in failed")
    REFUSED = "refused", _("sign-in refused: too many failures")
    SECOND_FACTOR_FAILED = "factor_failed", _("second factor failed")
    SECOND_FACTOR_ADDED = "factor_added", _("second factor added")
    SECOND_FACTOR_REMOVED = "factor_removed", _("second factor removed")
    RECOVERY_CODES = "recovery_codes", _("new recovery codes")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_LINK = "password_link", _("password link sent")
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("invitation accepted")
    WITHDRAWN = "withdrawn", _("invitation withdrawn")
    ROLE = "role", _("role changed")
    CHANGED = "changed", _("account changed")
    DEACTIVATED = "deactivated", _("deactivated")
    ACTIVATED = "activated", _("activated")
    SESSIONS_ENDED = "sessions_ended", _("all sessions ended")
    LINKED = "linked", _("linked to single sign-on")

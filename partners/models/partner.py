"""A partner newsroom."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Partner(models.Model):
    """An organisation that uses the API under its own name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("organisation"), max_length=200, unique=True)
    site = models.URLField(max_length=500, blank=True, help_text=_("Its home page."))
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(
        help_text=_("Told when an endpoint was turned off, an event was given up or a key is about to expire.")
    )
    note = models.TextField(blank=True, help_text=_("For colleagues; the partner never sees it."))
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Without it all its keys are refused and nothing is sent to its endpoints."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

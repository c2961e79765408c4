"""A partner newsroom."""

import uuid

from django.db import models


class Partner(models.Model):
    """An organisation that uses the API under its own name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("organisation", max_length=200, unique=True)
    site = models.URLField(max_length=500, blank=True, help_text="Its home page.")
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(
        help_text="Told when an endpoint was turned off, an event was given up or a key is about to expire."
    )
    note = models.TextField(blank=True, help_text="For colleagues; the partner never sees it.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Without it all its keys are refused and nothing is sent to its endpoints."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

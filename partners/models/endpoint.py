"""Where a partner wants to be told, and the secrets its messages are signed with."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices import SUBSCRIBABLE, EndpointState, Scheme
from partners.models.partner import Partner


class Endpoint(models.Model):
    """An address of a partner that events are posted to."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="endpoints")
    url = models.CharField(
        gettext_lazy("address"),
        max_length=1000,
        help_text=gettext_lazy("Begins with https://. Redirects are not followed."),
    )
    description = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("For colleagues; the partner never sees it.")
    )
    event_types = ArrayField(
        models.CharField(max_length=20, choices=SUBSCRIBABLE),
        default=list,
        blank=True,
        help_text=gettext_lazy("None chosen means all of them, those of later versions included."),
    )
    topics = ArrayField(
        models.CharField(max_length=60),
        default=list,
        null=True,
        blank=True,
        help_text=gettext_lazy("Only events of claims with one of these topics. Empty means all."),
    )
    languages = ArrayField(
        models.CharField(max_length=16),
        default=list,
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "Only events of claims in one of these languages (en, pt-BR; the region does not count). Empty means all."
        ),
    )
    state = models.CharField(max_length=10, choices=EndpointState, default=EndpointState.ACTIVE, editable=False)
    state_reason = models.CharField(max_length=300, blank=True, editable=False)
    state_changed_at = models.DateTimeField(null=True, editable=False)
    consecutive_failures = models.PositiveIntegerField(default=0, editable=False)
    broken_until = models.DateTimeField(
        null=True, editable=False, help_text="Nothing is tried before: the circuit breaker is open."
    )
    last_success_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Counts what people and partners change, so that nobody's change is lost.",
    )

    class Meta:
        ordering = ["partner__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "url"],
                name="endpoint_once_a_partner",
                violation_error_code="already_there",
                violation_error_message=gettext_lazy("There is an endpoint with this address already."),
            ),
            models.CheckConstraint(name="endpoint_state_is_known", condition=Q(state__in=EndpointState.values)),
        ]

    def __str__(self) -> str:
        return self.url


class EndpointSecret(models.Model):
    """A signing secret, encrypted: signing needs it in clear, a copy of the database must not be enough to sign."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    sealed = models.BinaryField(editable=False)
    public_key = models.CharField(
        max_length=60,
        blank=True,
        editable=False,
        help_text="What partners verify with; empty for a shared secret.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, help_text="Set by rotation: until then both secrets sign.")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(expires_at=None), name="endpoint_has_one_lasting_secret"
            )
        ]

    def __str__(self) -> str:
        return _("Secret of %(endpoint_id)s") % {"endpoint_id": self.endpoint_id}

    @property
    def scheme(self) -> Scheme:
        """How messages are signed with it."""
        return Scheme.ED25519 if self.public_key else Scheme.HMAC

    def is_live(self, *, at: datetime) -> bool:
        """Whether messages sent at ``at`` are signed with it."""
        return self.expires_at is None or self.expires_at > at

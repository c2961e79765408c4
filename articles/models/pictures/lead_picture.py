"""The picture that leads a claim's page."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.base import DeskRow
from articles.models.claim import Claim
from articles.models.pictures.picture import Picture
from articles.picture_choices import PictureFocus

#: How long the texts of a lead picture may be, in characters.
MAX_ALT = 300
MAX_CREDIT = 200
MAX_LICENCE = 120


class LeadPictureQuerySet(models.QuerySet["LeadPicture"]):
    """Lead pictures."""

    def with_picture(self) -> Self:
        """With what they show, without its bytes."""
        return self.select_related("picture").defer("picture__content")


class LeadPicture(DeskRow):
    """What readers see above a claim's check, and what is said about it. An approval covers all of it."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="lead_picture")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="uses")
    alt = models.CharField(
        _("alt text"),
        max_length=MAX_ALT,
        blank=True,
        help_text=_("What it shows, for readers who cannot see it. Needed before the review."),
    )
    credit = models.CharField(
        max_length=MAX_CREDIT,
        blank=True,
        help_text=_("Who made the picture, such as: Photo: Ana Lind / Lindholm Herald. Readers see it."),
    )
    licence = models.CharField(
        max_length=MAX_LICENCE,
        blank=True,
        help_text=_("On what terms it may be shown. Choose one, or write your own."),
    )
    focus = models.CharField(
        _("most important part"),
        max_length=12,
        choices=PictureFocus,
        blank=True,
        help_text=_("What stays visible where the picture is cropped."),
    )
    is_stamped = models.BooleanField(
        _("verdict on the picture"),
        default=False,
        help_text=_("For a screenshot of the claim itself: the page puts the verdict on it."),
    )

    objects = LeadPictureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(focus__in=["", *PictureFocus.values]), name="picture_focus_is_known"),
        ]

    def __str__(self) -> str:
        return self.alt or str(self.picture)

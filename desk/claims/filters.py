"""Filters of the list of claims."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.timezone import localdate

from articles.choices import OPEN_STAGES, DependencyKind, Stage
from articles.models import Claim, Rating
from articles.selectors import admin_lists, translations
from articles.selectors.collaboration import activity
from articles.selectors.passages import passage_review

Choices = list[tuple[str, str]]


class StageFilter(admin.SimpleListFilter):
    """The stage of claims."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """Every stage, in the order of a claim's life."""
        return [(str(value), str(label)) for value, label in Stage.choices]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims in that stage."""
        return queryset.filter(stage=self.value()) if self.value() else queryset


class RatingFilter(admin.SimpleListFilter):
    """What was found."""

    title = "rating"
    parameter_name = "rating"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """Every current rating, and none."""
        return [*Rating.objects.current().values_list("key", "label"), ("none", "No verdict yet")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """The claims whose newest verdict gives that rating."""
        if not self.value():
            return queryset
        return queryset.filter(rating_key=None if self.value() == "none" else self.value())


class LanguageFilter(admin.SimpleListFilter):
    """The language of the claim."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """The languages there are."""
        return [(language, language) for language in admin_lists.languages()]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims in that language."""
        return queryset.filter(language=self.value()) if self.value() else queryset


class AssigneeFilter(admin.SimpleListFilter):
    """Whose desk it is on."""

    title = "assignee"
    parameter_name = "assignee"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """Me, no assignee, and everyone who has an assignment."""
        others = [(str(user.pk), user.display_name()) for user in admin_lists.assignees() if user != request.user]
        return [("me", "Me"), ("nobody", "Nobody"), *others]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims on that desk."""
        match self.value():
            case None:
                return queryset
            case "me":
                return queryset.filter(assignee=request.user)
            case "nobody":
                return queryset.filter(assignee=None)
            case str(pk) if pk.isascii() and pk.isdigit() and len(pk) < 15:
                return queryset.filter(assignee_id=int(pk))
        return queryset.none()


class OverdueFilter(admin.SimpleListFilter):
    """By when open claims should be done."""

    title = "due"
    parameter_name = "overdue"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """Overdue, soon, or merely open."""
        return [("yes", "Overdue"), ("week", "Due in the next seven days"), ("open", "Open, due or not")]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """Open claims past their due date, or due soon."""
        match self.value():
            case "yes":
                return admin_lists.overdue(queryset, today=localdate())
            case "week":
                return activity.due_soon(queryset, today=localdate())
            case "open":
                return queryset.filter(stage__in=OPEN_STAGES)
        return queryset


class WaitingFilter(admin.SimpleListFilter):
    """What claims in work wait for."""

    title = "waiting for"
    parameter_name = "waiting"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """Anything, what is late, or one kind."""
        kinds = [(str(value), str(label)) for value, label in DependencyKind.choices]
        return [("yes", "Anything"), ("late", "What is late"), *kinds]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims that wait for it."""
        match self.value():
            case None:
                return queryset
            case "yes":
                return activity.waiting_claims(queryset)
            case "late":
                return activity.waiting_claims(queryset, late_on=localdate())
            case kind if kind in DependencyKind.values:
                return activity.waiting_claims(queryset, kind=str(kind))
        return queryset.none()


class ForMeFilter(admin.SimpleListFilter):
    """What others ask of this person."""

    title = "for me"
    parameter_name = "for_me"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """From colleagues, or from outside."""
        return [("comments", "Comments and reviews"), ("notes", "Notes from outside")]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims with something for this person."""
        user: Any = request.user
        match self.value():
            case None:
                return queryset
            case "comments":
                return queryset.filter(pk__in=activity.mentions_for(user).values("pk"))
            case "notes":
                return queryset.filter(pk__in=activity.with_notes_for(user).values("pk"))
        return queryset.none()


class PassagesFilter(admin.SimpleListFilter):
    """Those whose article's text changed under them."""

    title = "passages"
    parameter_name = "passages"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """One question."""
        return [("unsettled", "To confirm: the article's text changed")]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims about whose passages somebody has to decide."""
        return queryset.filter(pk__in=passage_review.unsettled().values("claim")) if self.value() else queryset


class TranslationsFilter(admin.SimpleListFilter):
    """Those that no longer say what their original says."""

    title = "translations"
    parameter_name = "translations"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """One question."""
        return [("behind", "Behind their original")]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The published translations that readers are warned about."""
        return queryset.filter(pk__in=translations.behind().values("pk")) if self.value() else queryset


CLAIM_FILTERS = (
    *(StageFilter, RatingFilter, AssigneeFilter, OverdueFilter, WaitingFilter, ForMeFilter),
    *(LanguageFilter, PassagesFilter, TranslationsFilter),
)

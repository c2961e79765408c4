"""Topics: their spelling, and which of them are one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone

from articles import rules
from articles.models import Topic
from articles.selectors import admin_lists
from articles.services.library import topics
from desk.http.refusals import as_form_errors
from desk.library.named import NamedAdmin


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """Topics come into being on claims; here their spelling is changed, and they are merged."""

    list_display = ("name", "claims")
    search_fields = ("name",)
    fields = ("name",)
    ordering = ("name",)

    def get_queryset(self, request: Any) -> QuerySet[Topic]:
        """With the number of claims, for the list."""
        return admin_lists.with_topic_count(super().get_queryset(request))

    @admin.display(description="claims", ordering="claim_count")
    def claims(self, topic: Any) -> int:
        """How many claims name it."""
        return int(topic.claim_count)

    def has_module_permission(self, request: Any) -> bool:
        """Everybody who sees the desk."""
        return rules.may_see_the_desk(request.user)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        """Everybody who sees the desk."""
        return rules.may_see_the_desk(request.user)

    def has_add_permission(self, request: Any) -> bool:
        """Nobody: a topic is entered on a claim."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """People who may change sources; not a merged topic."""
        return rules.may_edit_sources(request.user) and (obj is None or obj.merged_into_id is None)

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Change the spelling."""
        values = form.changed_columns()
        if not values:
            return
        with as_form_errors():
            saved = topics.rename_topic(
                topic=form.instance, by=request.user, at=timezone.now(), version=request.desk_version, **values
            )
        form.instance.version = saved.version

"""Topics: their spelling, and which of them are one."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.models import Topic
from articles.selectors import admin_lists
from articles.services.library import topics
from desk.http.refusals import as_form_errors
from desk.http.views import address_of
from desk.library.merge_pages import merge_address
from desk.library.named import NamedAdmin


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """Topics come into being on claims; here their spelling is changed, and they are merged."""

    list_display = ("name", "claims")
    search_fields = ("name",)
    fields = ("name",)
    ordering = ("name",)
    actions = ("merge_selected",)

    def get_queryset(self, request: Any) -> QuerySet[Topic]:
        """With the number of claims, for the list."""
        return admin_lists.with_topic_count(super().get_queryset(request))

    @admin.display(description=_("claims"), ordering="claim_count")
    def claims(self, topic: Any) -> int:
        """How many claims name it."""
        return int(topic.claim_count)

    def get_list_display(self, request: Any) -> tuple[str, ...]:
        """With links that rename and merge, for people who may."""
        acts = {"rename": rules.may_edit_sources(request.user), "merge": rules.may_merge(request.user)}
        return (*self.list_display, *(name for name, may in acts.items() if may))

    @admin.display(description=_("Rename"))
    def rename(self, topic: Topic) -> str:
        """The page where its spelling is changed."""
        return _link(address_of(topic), _("Rename"), topic)

    @admin.display(description=_("Merge"))
    def merge(self, topic: Topic) -> str:
        """The page where it is merged."""
        return _link(merge_address(topic), _("Merge…"), topic)

    @admin.action(description=_("Merge two selected topics…"), permissions=["merge"])
    def merge_selected(self, request: Any, chosen: QuerySet[Topic]) -> HttpResponse | None:
        """Ask about the merge of two topics: the one with more claims stays, unless somebody turns it round."""
        rows = sorted(chosen[:3], key=lambda topic: topic.claim_count)  # type: ignore[attr-defined]
        if len(rows) != 2:
            self.message_user(request, _("Select two topics: one that goes and one that stays."), messages.WARNING)
            return None
        return HttpResponseRedirect(merge_address(*rows))

    def has_merge_permission(self, request: Any) -> bool:
        """Who may merge."""
        return rules.may_merge(request.user)

    def response_post_save_change(self, request: Any, obj: Any) -> HttpResponse:
        """Back to the list, as it was searched: there are more names to look at."""
        filters = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(filters, reverse("admin:articles_topic_changelist")))

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


def _link(address: str, act: Any, topic: Topic) -> str:
    """A link that says to those who hear it which topic it is about."""
    return format_html('<a class="desk-link" href="{}">{}<span class="desk-hidden"> {}</span></a>', address, act, topic)

"""Articles: bringing them in, what is known about them, and the claims marked in their text."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules, text
from articles.choices import Stage
from articles.models import Article
from articles.selectors import admin_lists
from articles.services.articles import intake
from articles.services.past_dates import CONFIRM
from desk.articles.intake_forms import KNOWN
from desk.http import badges, dates
from desk.http.admin import DeskAdmin
from desk.http.forms import ConfirmedDateField, DeskForm
from desk.http.paragraphs import paragraphs
from desk.http.refusals import as_form_errors


class ArticleForm(DeskForm):
    """What is known about an article."""

    confirm_old_date = ConfirmedDateField()


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """Articles of others, in which claims are made."""

    form = ArticleForm
    change_form_template = "desk/articles/article.html"
    list_display = ("title", "publisher", "language", "published_on", "claims", "created_at")
    search_fields = ("title", "publisher", "url")
    search_help_text = gettext_lazy("Search in titles, publishers and addresses")

    def get_queryset(self, request: Any) -> QuerySet[Article]:
        """With the number of claims, for the list."""
        return admin_lists.articles().order_by("-created_at")

    @admin.display(description=gettext_lazy("claims"), ordering="claim_count")
    def claims(self, article: Any) -> int:
        """How many claims are marked in it."""
        return int(article.claim_count)

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        """What is known about it."""
        return ((_("About the article"), {"fields": (*KNOWN, CONFIRM)}),)

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Correct what is known about the article."""
        values = form.changed_columns()
        with as_form_errors():
            if values:
                intake.edit_article(article=form.instance, by=request.user, version=request.desk_version, **values)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the text with its marked passages, and the claims."""
        article = kwargs.get("obj")
        if article is not None:
            version = article.current_version()
            marks = admin_lists.passages_in(version)
            article_claims = admin_lists.claims_of_article(article)
            context |= {
                "article_version": version,
                "captured": dates.moment(version.captured_at),
                "article_text": render_to_string(
                    "desk/passages/text.html",
                    {
                        "paragraphs": paragraphs(version.body, marks),
                        "language": article.language,
                        "direction": text.direction(article.language),
                    },
                ),
                "article_claims": [
                    (claim, badges.stage(claim.stage), badges.rating(claim.rating_label, claim.rating_tone))
                    for claim in article_claims
                ],
                "publish_address": reverse("admin:articles_article_publish", args=[article.pk])
                if rules.may_publish(request.user) and any(claim.stage == Stage.APPROVED for claim in article_claims)
                else "",
                "may_add_claim": request.user.has_perm("articles.add_claim"),
                "suggestions": reverse("admin:articles_article_suggestions_list", args=[article.pk]),
                "desk_address": reverse("admin:articles_article_desk", args=[article.pk]),
                "article_texts": admin_lists.texts_of(article),
                "may_import": rules.may_import_articles(request.user),
                "newer_text": f"{reverse('admin:articles_article_add')}?article={article.pk}",
                "new_claim": f"{reverse('admin:articles_claim_add')}?article={article.pk}",
            }
        return super().render_change_form(request, context, *args, **kwargs)

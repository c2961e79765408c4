"""The filters of the list of claims: those with a list of values of their own, and all of them in their order."""

import uuid
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles import folding, rating_words
from articles.folding.columns import Folded
from articles.models import Appearance, Article, Claim, Claimant, Rating, Topic
from articles.selectors import admin_lists
from articles.selectors.claims.filter_conditions import (
    AGE,
    DUE,
    FOR_ME,
    PASSAGES,
    STAGE,
    TRANSLATIONS,
    UPDATED,
    WAITING,
    Applied,
    Filter,
    Options,
    Rows,
)

#: A list never offers more names than this; others are typed.
MOST_OPTIONS: Final = 300


# --- By rating, language, person ----------------------------------------------------------------------
def _rating_options(user: User) -> Options:
    ratings = Rating.objects.current().values_list("key", "label")
    return [*((key, rating_words.at_desk(label)) for key, label in ratings), ("none", _("none yet"))]


def _rating(value: str, user: User) -> Applied | None:
    if value == "none":
        return Applied(_("none yet"), lambda rows: rows.filter(verdicts=None))
    label = Rating.objects.filter(key=value).order_by("-edition").values_list("label", flat=True).first()
    newest = Q(pk__in=Claim.objects.filter(verdicts__rating__key=value).values("pk"))
    if label is None:
        return None
    return Applied(rating_words.at_desk(label), lambda rows: _rated(rows.filter(newest)).filter(rating_key=value))


def _rated(rows: Any) -> Any:
    return admin_lists.with_rating(rows)


def _languages(user: User) -> Options:
    return [(language, language) for language in admin_lists.languages()]


def _language(value: str, user: User) -> Applied | None:
    known = Claim.objects.filter(language=value).exists()
    return Applied(value, lambda rows: rows.filter(language=value)) if known else None


def _people(user: User) -> Options:
    others = [(str(one.pk), one.display_name()) for one in admin_lists.assignees() if one != user]
    return [("me", _("me")), ("nobody", _("nobody")), *others]


def _assignee(value: str, user: User) -> Applied | None:
    if value == "me":
        return Applied(_("me"), lambda rows: rows.filter(assignee=user))
    if value == "nobody":
        return Applied(_("nobody"), lambda rows: rows.filter(assignee=None))
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    person = User.objects.filter(pk=int(value)).first()
    return Applied(person.display_name(), lambda rows: rows.filter(assignee=person)) if person else None


# --- By claimant, topic, article, publisher -----------------------------------------------------------
def _names(model: Any) -> Callable[[User], Options]:
    def options(user: User) -> Options:
        names = model.objects.filter(merged_into=None).order_by("name").values_list("name", flat=True)
        return [(name, name) for name in names[:MOST_OPTIONS]]

    return options


def _claimant(value: str, user: User) -> Applied | None:
    pk = _uuid(value)
    named = Q(pk=pk) if pk else Q(folded=folding.name_key(value))
    kept = [row.kept() for row in Claimant.objects.filter(named).select_related("merged_into")[:MOST_OPTIONS]]
    if not kept:
        return None
    return Applied(kept[0].name, lambda rows: rows.filter(claimant__in={row.pk for row in kept}))


def _topic(value: str, user: User) -> Applied | None:
    found = Topic.objects.filter(folded=folding.name_key(value)).select_related("merged_into").first()
    if found is None:
        return None
    name = found.kept().name
    return Applied(name, lambda rows: rows.filter(topics__contains=[name]))


def _in_articles(rows: Rows, articles: Any) -> Rows:
    marked = Appearance.objects.filter(claim=OuterRef("pk"), article_version__article__in=articles)
    return rows.filter(Exists(marked))


def _articles(user: User) -> Options:
    newest = Article.objects.order_by("-created_at").values_list("pk", "title")[:MOST_OPTIONS]
    return [(title, title) for _pk, title in newest]


def _article(value: str, user: User) -> Applied | None:
    pk = _uuid(value)
    if pk:
        found = Article.objects.filter(pk=pk)
    else:
        rows = Article.objects.annotate(folded_title=Folded("title"))
        found = rows.filter(folded_title__contains=folding.fold(value))
    known = list(found.values_list("pk", "title")[:MOST_OPTIONS])
    if not known:
        return None
    return Applied(
        known[0][1] if len(known) == 1 else f"{value} …", lambda rows: _in_articles(rows, [k for k, _t in known])
    )


def _publishers(user: User) -> Options:
    names = Article.objects.exclude(publisher="").order_by(Lower("publisher")).values_list("publisher", flat=True)
    return [(name, name) for name in names.distinct()[:MOST_OPTIONS]]


def _publisher(value: str, user: User) -> Applied | None:
    folded = folding.fold(value)
    found = Article.objects.annotate(folded_publisher=Folded("publisher")).filter(folded_publisher__contains=folded)
    name = found.order_by("publisher").values_list("publisher", flat=True).first()
    return Applied(name, lambda rows: _in_articles(rows, found.values("pk"))) if name else None


def _uuid(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


#: In the order in which they are offered. The keys are parts of addresses that people keep.
FILTERS: Final = (
    STAGE,
    Filter("rating", _("Rating"), _rating_options, _rating),
    Filter("assignee", _("Assigned to"), _people, _assignee),
    DUE,
    Filter("topic", _("Topic"), _names(Topic), _topic, is_typed=True),
    Filter("claimant", _("Claimant"), _names(Claimant), _claimant, is_typed=True),
    Filter("article", _("Article"), _articles, _article, is_typed=True),
    Filter("publisher", _("Publisher"), _publishers, _publisher, is_typed=True),
    AGE,
    UPDATED,
    WAITING,
    FOR_ME,
    Filter("language", _("Language"), _languages, _language),
    PASSAGES,
    TRANSLATIONS,
)
BY_KEY: Final = {one.key: one for one in FILTERS}

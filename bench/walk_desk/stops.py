"""The pages of the desk that ``bench.walk_desk`` goes through, in the demo."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stop:
    """A page to look at: a short name for files, its path, who opens it, and what to do there.

    Nobody is signed in where ``who`` is empty. First ``keys`` are pressed, then the words in ``marks``, a selector, are
    marked as with a mouse, then ``clicks`` is clicked. ``waits_for`` is there once all that has worked.
    """

    name: str
    path: str
    who: str = "admin"
    keys: tuple[str, ...] = ()
    marks: str = ""
    clicks: str = ""
    waits_for: str = ""


#: Name → address, for pages that are the same for every row.
_LISTS = {
    "claims": "/admin/articles/claim/",
    "claim-new": "/admin/articles/claim/add/",
    "calendar": "/admin/calendar/",
    "numbers": "/admin/numbers/",
    "articles": "/admin/articles/article/",
    "article-import": "/admin/articles/article/add/",
    "sources": "/admin/articles/source/",
    "claimants": "/admin/articles/claimant/",
    "topics": "/admin/articles/topic/",
    "templates": "/admin/articles/claimtemplate/",
    "ratings": "/admin/articles/rating/",
    "pages": "/admin/articles/page/",
    "submissions": "/admin/articles/submission/",
    "reports": "/admin/articles/report/",
    "records": "/admin/articles/record/",
    "people": "/admin/accounts/user/",
    "invite": "/admin/accounts/user/invite/",
    "role-new": "/admin/auth/group/add/",
    "tokens": "/admin/accounts/personaltoken/",
    "partners": "/admin/partners/partner/",
    "endpoints": "/admin/partners/endpoint/",
    "deliveries": "/admin/partners/delivery/",
    "jobs": "/admin/jobs/",
    "notifications": "/admin/notifications/",
    "sessions": "/admin/account/sessions/",
    "factors": "/admin/account/factors/",
    "password": "/admin/account/password/change/",
}


def fill() -> list[Stop]:
    """Load the demo; returns every stop."""
    from demo import about, load, people

    newsroom = people.ensure()
    load.load(newsroom)
    about.load(newsroom)
    return stops()


def stops() -> list[Stop]:
    """Every stop, in a database that holds the demo."""
    return [
        Stop("sign-in", "/admin/login/", who=""),
        Stop("password-reset", "/admin/account/password/reset/", who=""),
        *(Stop(f"inbox-{who}", "/admin/inbox/", who=who) for who in ("reporter", "checker", "editor")),
        *(Stop(name, path) for name, path in _LISTS.items()),
        *_claims(),
        *_articles(),
        *_rows(),
        Stop("palette", "/admin/inbox/", keys=("Control+k",), waits_for="#desk-palette[open]"),
        Stop("keys", "/admin/articles/claim/", keys=("?",), waits_for="#desk-keys[open]"),
        *_list_dialogs(),
    ]


def _dialog(name: str, path: str, dialog: str, **how: Any) -> Stop:
    return Stop(name, path, who="editor", waits_for=f"#{dialog}[open]", **how)


def _list_dialogs() -> Iterator[Stop]:
    """What opens over the list of claims."""
    here = "/admin/articles/claim/"
    for what in ("filter", "columns", "view"):
        yield _dialog(f"claims-{what}", here, f"{what}-dialog", clicks=f"[data-opens={what}-dialog]")
    for act in ("assign", "due", "topics", "drop"):
        chosen = ("j", "x", "j", "x")
        yield _dialog(f"claims-{act}", here, "bulk-dialog", keys=chosen, clicks=f"#desk-bulk [data-act={act}]")


def _claims() -> Iterator[Stop]:
    """A claim in each stage, and the pages that are for one stage alone."""
    from articles.choices import Stage
    from articles.models import Claim

    first: dict[str, Claim] = {}
    for claim in Claim.objects.order_by("created_at", "pk"):
        first.setdefault(claim.stage, claim)
    if Stage.CHECKING in first:
        here = f"/admin/articles/claim/{first[Stage.CHECKING].pk}/change/"
        yield _dialog("claim-keys", here, "claim-keys", clicks="#claim-keys-button")
    if Stage.REVIEW in first:
        here = f"/admin/articles/claim/{first[Stage.REVIEW].pk}/review/"
        yield _dialog("review-keys", here, "review-help", clicks="#review-help-button")
        yield _dialog("review-send-back", here, "review-send-back", clicks="#review-send-back-button")
        summary = "[data-part=summary]"
        yield _dialog("review-comment", here, "review-comment", marks=summary, clicks="#review-comment-button")
    for stage, claim in first.items():
        yield Stop(f"claim-{stage}", f"/admin/articles/claim/{claim.pk}/change/", who="editor")
    for stage, name in ((Stage.REVIEW, "review"), (Stage.APPROVED, "publish"), (Stage.CHECKING, "preview")):
        if stage in first:
            yield Stop(name, f"/admin/articles/claim/{first[stage].pk}/{name}/", who="editor")
    if Stage.PUBLISHED in first:
        published = f"/admin/articles/claim/{first[Stage.PUBLISHED].pk}"
        yield Stop("retract", f"{published}/step/retract/", who="editor")
        yield Stop("claim-history", f"{published}/history/")
        yield Stop("translate", f"{published}/translate/", who="editor")
        yield Stop("pin", f"{published}/pin/", who="editor")
    for stage in (Stage.CHECKING, Stage.REVIEW):
        if stage in first:
            yield Stop(f"evidence-{stage}", f"/admin/articles/claim/{first[stage].pk}/evidence/", who="editor")
            yield Stop(f"together-{stage}", f"/admin/articles/claim/{first[stage].pk}/together/", who="editor")
            yield Stop(f"picture-{stage}", f"/admin/articles/claim/{first[stage].pk}/picture/", who="editor")


def _articles() -> Iterator[Stop]:
    from articles.models import Article

    for number, article in enumerate(Article.objects.order_by("created_at", "pk")[:2], 1):
        here = f"/admin/articles/article/{article.pk}"
        yield Stop(f"article-{number}", f"{here}/change/", who="editor")
        yield Stop(f"article-desk-{number}", f"{here}/desk/", who="editor", keys=("j",))
        yield _dialog(f"article-desk-keys-{number}", f"{here}/desk/", "mark-help", clicks="#mark-help-button")
        yield Stop(f"suggestions-{number}", f"{here}/suggestions/list/", who="editor")
        yield Stop(f"article-publish-{number}", f"{here}/publish/", who="editor")


def _rows() -> Iterator[Stop]:
    """The page of one row of each kind."""
    from accounts.models import User
    from articles import models
    from articles.choices import Stage
    from partners.models import Partner

    kinds: dict[str, Any] = {
        "source": models.Source,
        "claimant": models.Claimant,
        "topic": models.Topic,
        "page": models.Page,
        "submission": models.Submission,
        "report": models.Report,
        "record": models.Record,
        "capture": models.Capture,
    }
    for name, model in kinds.items():
        row = model.objects.order_by("pk").first()
        if row is not None:
            yield Stop(name, f"/admin/articles/{name}/{row.pk}/change/")
            if name in ("source", "claimant", "topic"):
                yield Stop(f"{name}-merge", f"/admin/articles/{name}/{row.pk}/merge/")
    rating = models.Rating.objects.order_by("pk").first()
    if rating is not None:
        yield Stop("rating", f"/admin/articles/rating/scale/{rating.key}/")
        yield Stop("rating-translations", f"/admin/articles/rating/scale/{rating.key}/translations/")
    yield Stop("person", f"/admin/accounts/user/{User.objects.get(username='reporter').pk}/change/")
    partner = Partner.objects.order_by("pk").first()
    if partner is not None:
        yield Stop("partner", f"/admin/partners/partner/{partner.pk}/change/")
    busy = models.Claim.objects.filter(stage=Stage.DRAFT).order_by("pk").first()
    if busy is not None:
        yield Stop("claims-quick-look", "/admin/articles/claim/", keys=("j", "Space"))

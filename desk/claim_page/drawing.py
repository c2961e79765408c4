"""What the templates of the claim's page draw: each field of the form, typed or fixed, and the ratings to choose."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import AdminReadonlyField
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import rating_words
from articles.choices import AnchorState, Stage
from articles.models import Appearance, Claim
from desk.claim_page.fieldsets import CONTENT, WORK, ClaimLook
from desk.claim_page.forms import VERDICT_FIELDS
from desk.claims import explanation_words
from desk.http.badges import RATING_SIGNS

#: Ratings that have a key: 1 to 9.
_KEYS = 9


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the claim: ``field`` is typed; where it is ``None``, ``text`` is shown."""

    name: str
    label: str
    field: Any = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One rating as a button, with the number of its key."""

    value: str
    label: str
    definition: str
    tone: str
    sign: str
    key: str
    is_chosen: bool
    #: Whether it is the rating that is stored.
    is_stored: bool


def parts(form: Any, look: ClaimLook, fixed: tuple[str, ...]) -> dict[str, Part]:
    """Every field of the claim by its name: as an input, or as text where it cannot be edited."""
    drawn = {name: Part(name, str(form[name].label), form[name]) for name in form.fields}
    for name in (*CONTENT, *WORK, *VERDICT_FIELDS):
        if name in fixed and name not in drawn:
            shown: Any = AdminReadonlyField(form, name, is_first=False, model_admin=look)
            drawn[name] = Part(name, str(shown.field["label"]), None, shown.contents())
    return drawn


def ratings(form: Any) -> list[Choice]:
    """The ratings to choose from, in the order of the scale; none where the verdict is fixed."""
    if "rating" not in form.fields:
        return []
    chosen, stored = str(form["rating"].value() or ""), str(form.initial.get("rating") or "")
    return [
        Choice(
            value=str(rating.pk),
            label=rating_words.at_desk(rating.label),
            definition=rating_words.at_desk(rating.definition),
            tone=rating.tone,
            sign=RATING_SIGNS.get(rating.tone, "?"),
            key=str(number) if number <= _KEYS else "",
            is_chosen=chosen == str(rating.pk),
            is_stored=stored == str(rating.pk),
        )
        for number, rating in enumerate(form.fields["rating"].queryset, 1)
    ]


def explanation(form: Any, look: ClaimLook) -> str:
    """The explanation as readers will see it: as it is typed, sanitised; else as it is stored."""
    if "explanation_html" not in form.fields:
        return look.explanation_html(look.claim)
    return explanation_words.drawn(look.claim, str(form["explanation_html"].value() or ""))


def stages(claim: Claim | None) -> list[tuple[str, bool]]:
    """The stages on the way to readers, each with whether the claim is in it; other stages stand alone."""
    way = (Stage.DRAFT, Stage.CHECKING, Stage.REVIEW, Stage.APPROVED, Stage.PUBLISHED)
    now = claim.stage if claim is not None else ""
    if now and now not in way:
        return [(str(Stage(now).label), True)]
    return [(str(stage.label), stage == now) for stage in way]


def title(claim: Claim | None) -> str:
    """The page's name."""
    return str(claim) if claim is not None else _("New claim")


def name_standings(rows: Any) -> None:
    """Give each row of a passage, as ``standing``, what the newest text has of it and where that is decided."""
    for form in rows.forms if rows is not None else ():
        form.standing = _standing(form.instance) if form.instance.pk else None


def _standing(passage: Appearance) -> tuple[str, str] | None:
    """Label and address of the report; ``None`` where the passage was found, or nobody has to say."""
    check = next(iter(passage.checks.all()), None) if passage.state != AnchorState.EXACT else None
    if check is None:
        return None
    version = check.article_version
    address = reverse("admin:articles_article_report", args=[version.article_id, version.number])
    return passage.get_state_display(), f"{address}#passage-{check.pk}"

"""Charts drawn here from typed figures, kept as pictures. The figures are kept with them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Picture
from articles.models.pictures.lead_picture import MAX_ALT
from articles.picture_choices import PictureKind
from articles.services.pictures import storage
from articles.services.pictures.storage import UnusablePictureError
from lib import pictures
from lib.pictures import charts
from lib.pictures.charts import Chart
from lib.pictures.reading import one_at_a_time


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a picture, with an alt text to start from."""

    picture: Picture
    alt: str


def draw(chart: Chart, *, by: User, at: datetime) -> Drawn:
    """Draw a chart and keep it. Raises ``NotAllowedError``, ``UnusablePictureError``."""
    try:
        with one_at_a_time:
            made = pictures.clean_image(charts.draw(chart, fonts=settings.CARD_FONTS))
    except ValueError as error:
        words = _("No font here has all letters of this chart. Write it in another script.")
        raise UnusablePictureError(words, code="letters") from error
    figures = {
        "kind": chart.kind,
        "title": chart.title,
        "note": chart.note,
        "rows": [[figure.label, figure.written] for figure in chart.figures],
    }
    kept = storage.keep(made, kind=PictureKind.DRAWN, by=by, at=at, figures=figures)
    return Drawn(kept, alt_text(chart))


def alt_text(chart: Chart) -> str:
    """The chart in words: its title, then each figure, as many as there is room for."""
    told = f"{chart.title}:"
    for place, figure in enumerate(chart.figures):
        end = ";" if place < len(chart.figures) - 1 else "" if figure.written.endswith(".") else "."
        more = f" {figure.label} {figure.written}{end}"
        if len(told) + len(more) > MAX_ALT - 2:
            return f"{told.rstrip(';')} …"
        told += more
    return told

"""The form of a chart: its figures as typed or pasted from a spreadsheet, one a line."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import text
from desk.http.widgets import line
from lib.charts.figures import with_unit
from lib.pictures.charts import ROWS, Chart, Figure, Kind
from lib.sharecards.lettering import natural_direction

_LARGEST = Decimal(10) ** 15
#: The last tab or semicolon of a line stands before its number.
_ROW = re.compile(r"(?P<label>.+?)\s*[\t;]\s*(?P<number>[^\t;]*)")
_LONGEST_LABEL = 60


class ChartForm(forms.Form):
    """Kind, title, unit, figures and their source."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Chart"),
        choices=[
            ("bar", gettext_lazy("Bars")),
            ("line", pgettext_lazy("kind of chart", "Line")),
            ("number", gettext_lazy("One number")),
        ],
        initial="bar",
        widget=forms.Select(attrs={"class": "mark-input"}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, widget=line())
    figures = forms.CharField(
        label=gettext_lazy("Figures"),
        max_length=5000,
        help_text=gettext_lazy(
            "One a line: the label, a semicolon or a tab, the number. Rows of a spreadsheet can be pasted."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "class": "mark-input", "placeholder": "2024; 12.5"}),
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Written after each number, such as % or million."),
        widget=line(),
    )
    source = forms.CharField(
        label=gettext_lazy("Source of the figures"),
        max_length=150,
        help_text=gettext_lazy("Written below the chart. It is the picture's credit, too."),
        widget=line(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "chart_%s")
        super().__init__(*args, **kwargs)

    def clean_figures(self) -> list[tuple[str, str, Decimal]]:
        """Each row as label, number as written, and number."""
        rows = [row for row in self.cleaned_data["figures"].splitlines() if row.strip(" \t;")]
        return [self._row(row, number) for number, row in enumerate(rows, 1)]

    @staticmethod
    def _row(row: str, number: int) -> tuple[str, str, Decimal]:
        found = _ROW.fullmatch(row.strip())
        if found is None:
            raise forms.ValidationError(
                _("Row %(n)s has no label and number: write them with a semicolon between.") % {"n": number}
            )
        label, written = text.one_line(found["label"]), found["number"].strip().replace("−", "-")
        try:
            value = Decimal(written.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise forms.ValidationError(
                _("“%(value)s” in row %(n)s is not a number.") % {"value": written[:40], "n": number}
            )
        if abs(value) >= _LARGEST:
            raise forms.ValidationError(_("The number in row %(n)s is too large for a chart.") % {"n": number})
        if len(label) > _LONGEST_LABEL:
            raise forms.ValidationError(
                _("The label in row %(n)s is too long: write at most 60 characters.") % {"n": number}
            )
        return label, written.replace("-", "−"), value

    def clean(self) -> dict[str, Any]:
        """Each kind has so many figures."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind: Kind = cleaned.get("kind", "bar")
        least, most = ROWS.get(kind, (1, 1))
        rows = cleaned.get("figures")
        if rows is not None and not least <= len(rows) <= most:
            words = _("This kind of chart needs %(least)s to %(most)s figures; there are %(count)s.")
            self.add_error("figures", words % {"least": least, "most": most, "count": len(rows)})
        return cleaned

    def chart(self) -> Chart:
        """What is to be drawn."""
        data = self.cleaned_data
        unit = data["unit"].strip()
        figures = [Figure(label, value, with_unit(written, unit)) for label, written, value in data["figures"]]
        return Chart(data["kind"], data["title"], figures, data["source"], natural_direction(data["title"]))

"""The form of a map: its places as typed or pasted from a spreadsheet, one a line, and the outlines below them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import phrases
from articles.models import MapOutline, Picture
from articles.models.pictures.lead_picture import MAX_LICENCE
from articles.models.pictures.map_outline import MAX_NAME as MAX_OUTLINE_NAME
from articles.models.pictures.map_outline import MAX_OUTLINE_CREDIT
from articles.selectors.library import pictures
from articles.services.pictures.maps import Order
from desk.http.widgets import line
from lib.maps import outlines, rows, views
from lib.maps.coordinates import CoordinateError
from lib.maps.outlines import MAX_BYTES
from lib.maps.places import MAX_PLACES, Place, suspicions
from lib.maps.views import View, ViewError
from lib.pictures.maps import FRAME

#: What the form holds besides the outlines, kept with the map.
_TYPED: Final = ("title", "places", "width", "is_joined", "source")
#: What is said about a file with outlines.
_ABOUT_FILE: Final = ("outline_name", "outline_credit", "outline_licence")


class MapForm(forms.Form):
    """Title, places, outlines and where both are from."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, widget=line())
    places = forms.CharField(
        label=gettext_lazy("Places"),
        max_length=3000,
        help_text=gettext_lazy(
            "One a line: the name as readers shall read it; the latitude; the longitude. Decimal degrees or degrees, "
            "minutes and seconds. A ~ before a name says that the place is approximate."
        ),
        widget=forms.Textarea(
            attrs={
                "rows": 6,
                "dir": "auto",
                "class": "mark-input",
                "placeholder": gettext_lazy("City hall; 59.3293; 18.0686\n~ Old bridge; 59°19′45″N; 18°4′7″E"),
            }
        ),
    )
    is_confirmed = forms.BooleanField(label=gettext_lazy("The places are right as typed"), required=False)
    is_joined = forms.BooleanField(
        label=gettext_lazy("Join the places by a line in their order"),
        required=False,
        help_text=gettext_lazy("The line shows the order of the places, not a route."),
    )
    width = forms.FloatField(
        label=gettext_lazy("Width of the map in kilometres"),
        required=False,
        min_value=0.5,
        max_value=30000,
        help_text=gettext_lazy("Empty: the map fits its places."),
        widget=forms.TextInput(attrs={"class": "mark-input", "inputmode": "decimal"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Source of the coordinates"),
        max_length=100,
        help_text=gettext_lazy("Written below the map. It is the picture's credit, too."),
        widget=line(),
    )
    outline = forms.ModelChoiceField(
        label=gettext_lazy("Outlines"),
        queryset=MapOutline.objects.none(),
        required=False,
        empty_label=gettext_lazy("None: a grid of degrees"),
        help_text=gettext_lazy(
            "No coasts, borders or names are built in. Choose outlines that somebody here gave before."
        ),
        widget=forms.Select(attrs={"class": "mark-input"}),
    )
    outline_file = forms.FileField(
        label=gettext_lazy("New outlines"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("A GeoJSON file with lines or areas, up to {size} MB. It is kept and offered again."),
            size=MAX_BYTES // 1_000_000,
        ),
        widget=forms.FileInput(attrs={"class": "mark-input", "accept": ".geojson,.json,application/geo+json"}),
    )
    outline_name = forms.CharField(
        label=gettext_lazy("Name of the outlines"),
        max_length=MAX_OUTLINE_NAME,
        required=False,
        help_text=gettext_lazy(
            "Only colleagues see it. The same name again replaces the earlier outlines in the list."
        ),
        widget=line(),
    )
    outline_credit = forms.CharField(
        label=gettext_lazy("Credit of the outlines"), max_length=MAX_OUTLINE_CREDIT, required=False, widget=line()
    )
    outline_licence = forms.CharField(
        label=gettext_lazy("Licence of the outlines"),
        max_length=MAX_LICENCE,
        required=False,
        help_text=gettext_lazy("Credit and licence are written below the map."),
        widget=line(list="picture-licences"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "map_%s")
        super().__init__(*args, **kwargs)
        self.is_suspicious = False
        self.fields["outline"].queryset = pictures.map_outlines()  # type: ignore[attr-defined]

    @classmethod
    def of(cls, picture: Picture | None) -> "MapForm":
        """The form as it was when a map was drawn; an empty one for any other picture."""
        figures = (picture.figures if picture else None) or {}
        if figures.get("kind") != "map":
            return cls()
        kept = figures["outline"] or {}
        outline = pictures.map_outlines().filter(sha256=kept.get("sha256", "")).first()
        return cls(initial={**figures["typed"], "outline": outline})

    def clean_width(self) -> float | None:
        """Kilometres; none for a map that fits its places."""
        found: float | None = self.cleaned_data["width"]
        return found

    def clean_places(self) -> list[Place]:
        """Each row as a place."""
        typed = rows.filled(self.cleaned_data["places"])
        if len(typed) > MAX_PLACES:
            raise forms.ValidationError(
                _("A map can have %(most)s places; there are %(count)s.") % {"most": MAX_PLACES, "count": len(typed)}
            )
        found, wrong = [], []
        for number, row in enumerate(typed, 1):
            try:
                found.append(rows.place(row))
            except CoordinateError as error:
                wrong.append(_("Row %(n)s: %(problem)s") % {"n": number, "problem": phrases.shown(error.said)})
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def clean(self) -> dict[str, Any]:
        """A file has a name, a credit and a licence; the places fit on a map and are plausible."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outline_file"):
            for name in _ABOUT_FILE:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in for new outlines."))
        if cleaned.get("places"):
            self._see(cleaned)
        return cleaned

    def has_outline_file(self) -> bool:
        """Whether a file came with all that is said about it. Only of a form that was checked."""
        return bool(self.cleaned_data.get("outline_file")) and not {"outline_file", *_ABOUT_FILE} & set(self.errors)

    def outline_data(self) -> bytes:
        """The bytes of the file, at most one more than are taken."""
        upload = self.cleaned_data["outline_file"]
        upload.seek(0)
        found: bytes = upload.read(MAX_BYTES + 1)
        return found

    def name_kept(self, outline: MapOutline) -> None:
        """Show outlines that were kept as chosen, and nothing of the file any more."""
        self.data = {**self.data.dict(), "outline": outline.pk, **dict.fromkeys(_ABOUT_FILE, "")}  # type: ignore[attr-defined]

    def order(self, outline: MapOutline | None) -> Order:
        """What is to be drawn, on these outlines. Only of a form without errors."""
        data = self.cleaned_data
        typed = {name: self.data.get(name, "") for name in _TYPED}
        return Order(
            data["title"], data["places"], data["view"], data["source"], typed, outline, is_joined=data["is_joined"]
        )

    def suspect(self, outline: MapOutline | None) -> None:
        """Add what looks like a slip to the errors, unless somebody looked and said that it is none."""
        places: Sequence[Place] = self.cleaned_data.get("places") or ()
        if not places:
            return
        ground = outlines.read(outline.content.encode()).bounds() if outline else None
        found = [phrases.shown(said) for said in suspicions(places, ground)]
        self.is_suspicious = bool(found)
        if found and not self.cleaned_data.get("is_confirmed"):
            self.add_error("places", [*found, _("Correct the places, or tick that they are right.")])

    def _see(self, cleaned: dict[str, Any]) -> None:
        """The view of the places."""
        try:
            view: View = views.around(cleaned["places"], width=FRAME, km=cleaned.get("width"))
        except ViewError as error:
            self.add_error(error.field, phrases.shown(error.said))
        else:
            cleaned["view"] = view

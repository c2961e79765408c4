"""What is asked for about a claim's picture."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import LeadPicture, Picture
from articles.services.pictures.lead import FIELDS
from desk.http.widgets import line

#: The terms that newsrooms use most; anything else can be written.
LICENCES = (
    gettext_lazy("All rights reserved"),
    gettext_lazy("Used with permission"),
    gettext_lazy("Agency picture"),
    gettext_lazy("Quoted for reporting"),
    "CC BY 4.0",
    "CC BY-SA 4.0",
    "CC0 1.0",
    gettext_lazy("Public domain"),
)


class PictureDetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said about the picture. Nothing is required: what is missing is a condition of the review."""

    class Meta:
        model = LeadPicture
        fields = FIELDS
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2, "class": "claim-input"}),
            "credit": line(),
            "licence": line(list="picture-licences"),
            "focus": forms.Select(attrs={"class": "mark-input"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "picture_%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # on the claim's page they stand inside another form
            field.widget.attrs["form"] = "picture-form"
        self.fields["focus"].widget.choices = [("", _("Middle")), *self.fields["focus"].choices[1:]]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The values that were sent."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class UploadForm(forms.Form):
    """A file from the computer, or one of the pictures that are here."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"class": "mark-input", "accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}
        ),
    )

    def data_of_file(self) -> bytes:
        """The bytes, at most one more than are taken."""
        upload = self.cleaned_data["file"]
        upload.seek(0)
        found: bytes = upload.read(settings.PICTURE_MAX_BYTES + 1)
        return found


class ChooseForm(forms.Form):
    """A picture by its hash."""

    picture = forms.ModelChoiceField(Picture.objects.all(), to_field_name="sha256")

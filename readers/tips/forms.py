"""What a tip may hold: a message, a link, pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.base import web_address
from articles.models.submission import MAX_TEXT
from articles.services.pictures.tips import MOST
from followers import selectors as followers
from followers.services import following
from readers.http import closest
from readers.http.forms import ReaderForm, says_something

_KINDS = ".jpg,.jpeg,.png,.webp,.avif,.gif"


def says_something_or_links(value: str) -> None:
    """Refuse a text that is neither a sentence nor one address."""
    if closest.is_address(value):
        return
    try:
        says_something(value)
    except ValidationError as error:
        raise ValidationError(_("Write what was said in a sentence, or paste one link."), code=error.code) from error


class PicturesInput(forms.FileInput):
    """Takes several files."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to ``MOST`` files, none larger than ``TIP_PICTURE_MAX_BYTES``: their bytes."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Read no file before the number and the sizes are known to be right."""
        files: Sequence[Any] = [one for one in data or [] if one]
        if len(files) > MOST:
            raise ValidationError(_("Send at most %(n)s pictures.") % {"n": MOST}, code="too_many")
        for file in files:
            if file.size > settings.TIP_PICTURE_MAX_BYTES:
                raise ValidationError(picture_error("too_large", file.name), code="too_large")
        return [file.read() for file in files]


def picture_error(code: str, name: str = "") -> str:
    """What to do about a picture that is not taken, in the language of the page."""
    said = {
        "too_large": _("A picture can have at most %(n)s MB. We do not take videos: send the link or a screenshot.")
        % {"n": settings.TIP_PICTURE_MAX_BYTES // (1024 * 1024)},
        "animated": _("This picture is animated. Send a screenshot of the part that matters."),
        "too_many_pixels": _("This picture has too many pixels. Save it smaller, or send a screenshot."),
        "too_small": _("This picture is too small to be read. Send a larger one."),
        "empty": _("This file is empty. Choose the picture again."),
        "broken": _("This picture is damaged or incomplete. Save it again, or send a screenshot."),
    }.get(code, _("This is not a picture that we can read. Send it as JPEG or PNG, or send a screenshot."))
    return f"{name}: {said}" if name else said


class TipForm(ReaderForm):
    """A claim that a reader wants checked."""

    one_is_needed = ("text", "pictures")
    text = forms.CharField(
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("What should we check?"),
        validators=[says_something_or_links],
        help_text=gettext_lazy("Paste the message or the link, or write what was said."),
    )
    pictures = PicturesField(
        required=False,
        widget=PicturesInput(attrs={"accept": _KINDS}),
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy("Up to three photos or screenshots. Only the newsroom sees them."),
    )
    claimant_name = forms.CharField(max_length=200, required=False, label=gettext_lazy("Who said it?"))
    appearance_url = forms.CharField(
        max_length=2000,
        required=False,
        label=gettext_lazy("Link to where you saw it"),
        validators=[web_address],
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
    )
    reason = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Why does it matter, and why do you doubt it?"),
    )

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        help_text=gettext_lazy(
            "Only if you want the answer by e-mail. You get one e-mail, when we have decided. "
            "Then the address is erased."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not followers.is_on():
            del self.fields["email"]
        # A browser cuts what is pasted beyond this attribute without a word.
        self.fields["text"].widget.attrs.pop("maxlength", None)

    @property
    def lost_pictures(self) -> bool:
        """Whether files came with this form: a browser does not send them again by itself."""
        return bool(self.files)

    @property
    def wanted(self) -> str:
        """The message or the address, for the matcher; empty for pictures alone. Of a valid form."""
        return str(self.cleaned_data["text"] or self.cleaned_data["appearance_url"])

    def clean_email(self) -> str:
        """The address as it is stored, or none."""
        given = self.cleaned_data["email"]
        return following.clean_address(given) if given else ""

    def clean(self) -> dict[str, Any]:
        """One of the three must be there; a link pasted as the text is also where it was said."""
        given: dict[str, Any] = super().clean() or {}
        words, address = given.get("text", ""), given.get("appearance_url", "")
        if not (words or address or given.get("pictures") or self.errors):
            raise_for = _("Write what was said, paste the message or the link, or choose a picture.")
            self.add_error("text", ValidationError(raise_for, code="required"))
        if words and not address and words.startswith(("https://", "http://")) and closest.is_address(words):
            given["appearance_url"] = words.strip()
        return given


class ReferenceForm(forms.Form):
    """The reference of a tip or of a report."""

    reference = forms.CharField(
        max_length=40,
        label=gettext_lazy("Reference"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
                "aria-describedby": "reference-help",
            }
        ),
        help_text=gettext_lazy("Sixteen letters and digits, such as 7K3M-9QXR-2FHT-8BVD."),
    )

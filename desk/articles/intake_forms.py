"""The two forms of bringing in an article: what is given, and what was found in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles import text
from articles.choices import CaptureMethod
from articles.models import Article
from articles.services.articles import fetching, intake
from articles.services.past_dates import CONFIRM
from desk.http.forms import ConfirmedDateField, DeskForm
from lib import webaddress
from lib.extraction import Extracted
from lib.refusals import RefusedError

KNOWN = ("title", "publisher", "url", "authors", "published_on", "language")
_CSS = {"class": "desk-wide"}


class IntakeForm(forms.Form):
    """A text, pasted or as a file, or the address it is at."""

    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextInputWidget(attrs={**_CSS, "inputmode": "url", "autofocus": True}),
        help_text=gettext_lazy(
            "The page is fetched from here. With a file or a pasted text, the address is only noted."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=UnfoldAdminFileFieldWidget(
            attrs={"accept": ".txt,.md,.markdown,.html,.htm,.docx,.odt,.rtf,.pdf,.eml,.srt,.vtt"}
        ),
        help_text=gettext_lazy(
            "Text, Markdown, HTML, Word (.docx), OpenDocument (.odt), RTF, PDF with text, e-mail (.eml) or "
            "subtitles (.srt, .vtt), up to 5 MB."
        ),
    )
    body = forms.CharField(
        strip=False,
        label=gettext_lazy("Text"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14, **_CSS}),
        help_text=gettext_lazy("Or paste the text here."),
    )

    found: Extracted | None = None
    how = CaptureMethod.PASTE

    def clean(self) -> dict[str, Any]:
        """Read what was given."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file, pasted, url = cleaned.get("file"), cleaned.get("body") or "", (cleaned.get("url") or "").strip()
        if file is not None and pasted.strip():
            self.add_error("file", _("Either choose a file or paste the text, not both."))
        elif file is not None:
            self._read("file", CaptureMethod.FILE, lambda: intake.read(_bytes(file), name=file.name))
        elif pasted.strip():
            data = pasted.encode("utf-8", "surrogatepass")
            self._read("body", CaptureMethod.PASTE, lambda: intake.read(data, name="pasted.txt"))
        elif url and not self.errors:
            self._read("url", CaptureMethod.ADDRESS, lambda: fetching.fetch(webaddress.completed(url)).found)
        elif not self.errors:
            self.add_error(None, _("Paste the article's text, choose a file that holds it, or give its address."))
        return cleaned

    def _read(self, field: str, how: CaptureMethod, reading: Any) -> None:
        try:
            self.found, self.how = reading(), how
        except RefusedError as error:
            self.add_error(field, str(error))


NEWER, ANOTHER = "newer", "another"


class ReviewForm(DeskForm):
    """What was found in it, for correction.

    ``candidate`` is the article that is known at the address: a person says whether this is a newer text of it.
    ``article`` is one that was named beforehand: then there is nothing to ask.
    """

    belongs = forms.ChoiceField(
        label=gettext_lazy("Which article is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether this is a newer text of the known article, or another article.")
        },
    )
    body = forms.CharField(
        strip=False,
        label=gettext_lazy("Text"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 22, **_CSS}),
        help_text=gettext_lazy("Take out what is not part of the article. Once saved, it is never changed."),
    )
    confirm_old_date = ConfirmedDateField()
    source = forms.CharField(widget=forms.HiddenInput)
    notes = forms.CharField(required=False, widget=forms.HiddenInput)
    known = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("belongs", *KNOWN, "confirm_old_date", "body")

    class Meta:
        model = Article
        fields = KNOWN
        widgets = {
            "title": UnfoldAdminTextInputWidget(attrs=_CSS),
            "publisher": UnfoldAdminTextInputWidget(),
            "url": UnfoldAdminTextInputWidget(attrs=_CSS),
            "authors": UnfoldAdminTextInputWidget(),
            "published_on": UnfoldAdminTextInputWidget(),
        }

    def __init__(
        self, *args: Any, article: Article | None = None, candidate: Article | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Left empty, it is taken from the text.")
        if candidate is None or article is not None:
            del self.fields["belongs"]
        else:
            self.fields["belongs"].choices = [  # type: ignore[attr-defined]
                (NEWER, _("A newer text of “%(candidate)s”") % {"candidate": candidate}),
                (ANOTHER, _("Another article")),
            ]
        if article is not None:
            for name in (*KNOWN, CONFIRM):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The text in its stored form; a title from it where there is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            cleaned["body"] = intake.check_body(cleaned.get("body") or "")
        except (RefusedError, ValidationError) as error:
            self.add_error("body", " ".join(getattr(error, "messages", [str(error)])))
        else:
            if "title" in self.fields and not cleaned.get("title"):
                cleaned["title"] = cleaned["body"].splitlines()[0][:300]
        if cleaned.get("belongs") == NEWER:
            # The known article does not change: these fields are not used.
            for name in KNOWN:
                self.errors.pop(name, None)
        return cleaned

    def is_another(self) -> bool:
        """Whether the person said that this is another article than the known one."""
        return bool(self.cleaned_data.get("belongs") == ANOTHER)


def _bytes(file: Any) -> bytes:
    """The file's bytes, no more than are needed to see that it is too large."""
    file.seek(0)
    data: bytes = file.read(text.MAX_ARTICLE_BYTES + 1)
    return data

"""``manage.py import_article``: a file becomes an article."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

import accounts.services
from accounts.models import User
from articles import text
from articles.choices import CaptureMethod, Surface
from articles.selectors.passages import passage_review
from articles.services import audit
from articles.services.articles import intake
from articles.services.articles.intake import ImportResult
from lib.extraction import Extracted
from lib.parsing.errors import ParseError
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date
from lib.refusals import RefusedError


class Command(BaseCommand):
    """Take in one file. The first line on standard output is the article's id and nothing else."""

    notes: tuple[str, ...] = ()

    help = (
        "Takes in a file (text, Markdown, HTML, .docx, .odt, .rtf, PDF, e-mail, subtitles) as an article and prints "
        "the article's id. The same file twice makes no second copy. What is not given is read from the file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, what is known about the article, and who brings it in."""
        parser.add_argument(
            "file",
            metavar="FILE",
            help="A text, Markdown, HTML, .docx, .odt, .rtf, PDF, e-mail or subtitle file of up to 5 MB.",
        )
        parser.add_argument("--title", default="")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--url", default="", help="Where it was published: http:// or https://.")
        parser.add_argument(
            "--published-on", default="", metavar="DATE", help="A day, a month or a year: 2020-11-16, 2020-11 or 2020."
        )
        parser.add_argument("--confirm-old-date", action="store_true", help="A date before 1800 is right.")
        parser.add_argument(
            "--language", default="", help="Language tag such as en, az or ar. Without one it is told from the text."
        )
        parser.add_argument("--author", action="append", default=[], help="May be given several times.")
        parser.add_argument(
            "--another",
            action="store_true",
            help="Keep the text apart from the article that is known at its address.",
        )
        parser.add_argument(
            "--by",
            default="",
            metavar="USERNAME",
            help="Who brings it in. Without it the history names the user “import”, who cannot sign in.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Every refusal is one sentence and exit code 1; nothing is stored then."""
        try:
            taken = self._take_in(options)
        except ValidationError as error:
            raise CommandError(_sentence(error)) from error
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(taken.article.pk))
        for note in (*self.notes, *taken.notes):
            self.stderr.write(f"Note: {note}")
        if not taken.is_new_text:
            self.stderr.write(f"This text is there already, as “{taken.article}”. Nothing was changed.")
        elif not taken.is_new_article:
            self.stderr.write(f"“{taken.article}” is at this address already: this is its text {taken.version.number}.")
            self._report(taken)

    def _report(self, taken: ImportResult) -> None:
        """The state of its marked passages, and where to decide about them."""
        found = passage_review.report(taken.version)
        if found.checks:
            counts = ", ".join(f"{number} {label.lower()}" for label, number in found.counts() if number)
            page = reverse("admin:articles_article_report", args=[taken.article.pk, taken.version.number])
            self.stderr.write(f"Marked passages: {counts}. Nothing was attached to it; decide at {page}.")

    def _take_in(self, options: dict[str, Any]) -> ImportResult:
        published_on = _date(options["published_on"])
        path = Path(options["file"])
        found = intake.read(_bytes(path), name=path.name)
        self.notes = found.notes
        with audit.surface(Surface.COMMAND):
            return intake.import_text(
                body=found.body,
                by=_actor(options["by"]),
                at=timezone.now(),
                how=CaptureMethod.FILE,
                **_described(found, options, published_on),
            )


def _described(found: Extracted, options: dict[str, Any], published_on: InexactDate | None) -> dict[str, Any]:
    """What was said on the command line, else what the file says of itself."""
    return {
        "title": options["title"] or found.title,
        "publisher": options["publisher"] or found.publisher,
        "url": options["url"] or found.url,
        "authors": options["author"] or found.authors,
        "published_on": published_on or found.published_on,
        "language": options["language"] or found.language,
        "places": found.places,
        "is_another_article": options["another"],
        "confirm_old_date": options["confirm_old_date"],
    }


def _bytes(path: Path) -> bytes:
    """The file's bytes, and one more than allowed when it is too long: a device without end stays harmless."""
    try:
        with path.open("rb") as file:
            return file.read(text.MAX_ARTICLE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{path} cannot be read: {reason.lower()}.") from error


def _date(given: str) -> InexactDate | None:
    try:
        return parse_inexact_date(given) if given else None
    except ParseError as error:
        raise CommandError(f"--published-on: {given} is no date. Write 2020-11-16, 2020-11 or 2020.") from error


def _actor(username: str) -> User:
    if not username:
        return _nobody()
    user = User.objects.filter(username=text.clean(username, field="by")).first()
    if user is None:
        raise CommandError(f"--by: there is nobody called {username}.")
    return user


def _nobody() -> User:
    user = accounts.services.ensure_import_user()
    if user.has_usable_password():
        raise CommandError("Say who brings it in (--by): a person is called “import”, who may not have done it.")
    return user


def _sentence(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"--{field.replace('_', '-')}: {' '.join(messages)}" for field, messages in error.message_dict.items()
    )

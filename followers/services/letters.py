"""The e-mails to followers: plain words, the public addresses of pages, no picture and no counted link."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _

from articles import rating_words
from articles.choices import RecordKind
from articles.text import as_label, direction
from followers import links, selectors
from followers.models import Follow, Follower, Mailing
from followers.services.news import Document, News
from lib import plaintext
from notifications.models import Message

#: A weekly e-mail has at most this many entries; it says how many more there are.
MOST_ENTRIES = 50
_SHORT = 120
#: So many follows are named as the reason of an e-mail.
_NAMED = 5


def send(letters: Iterable[tuple[Follower, Message]]) -> int:
    """Store the e-mails, each with its follower, so that the worker sends them; returns how many."""
    rows = list(letters)
    Message.objects.bulk_create([message for _follower, message in rows])
    Mailing.objects.bulk_create(Mailing(follower=follower, message=message) for follower, message in rows)
    return len(rows)


def confirmation(follower: Follower, follow: Follow, *, at: datetime) -> list[tuple[Follower, Message]]:
    """The e-mail that asks the owner of an address whether they want to follow."""
    with override(follow.language):
        context = {
            "entries": [],
            "heading": _("Do you want to follow this?"),
            "lines": [
                selectors.described([follow])[0].title,
                _("Somebody entered this address at %(site)s. We send nothing else until you confirm it.")
                % {"site": settings.SITE_NAME},
            ],
            "act": _("Look at it and confirm"),
            "act_address": links.own_page(follower.pk, follow.language),
            "why": _("If it was not you, do nothing: we erase the address after 48 hours."),
        }
        subject = _("Please confirm that you want to follow")
        return [(follower, _message(follower, [follow], subject, context, at=at))]


class AtOnce:
    """E-mails about one record. What is the same in all of one language is made once."""

    def __init__(self, news: News, *, at: datetime) -> None:
        self._at = at
        self._entry = cache(lambda _language: entry(news))
        self._title = cache(_title)

    def letter(self, follower: Follower, follows: Sequence[Follow]) -> tuple[Follower, Message]:
        """The e-mail to one follower. ``follows`` are those of theirs that the record concerns."""
        language = follows[0].language
        with override(language):
            about = self._entry(language)
            titles = [self._title(language, follow.kind, follow.target) for follow in follows[:_NAMED]]
            return follower, _message(follower, follows, about["label"], _about([about], titles), at=self._at)


def digest(
    follower: Follower, follows: Sequence[Follow], news: Sequence[News], *, at: datetime
) -> tuple[Follower, Message]:
    """The weekly e-mail, about all of ``news``."""
    with override(follows[0].language):
        heading = _("Your week")
        entries = [entry(one) for one in news[:MOST_ENTRIES]]
        titles = [_title(get_language() or "", follow.kind, follow.target) for follow in follows[:_NAMED]]
        context = _about(entries, titles) | {"heading": heading}
        if len(news) > MOST_ENTRIES:
            context["more"] = _("There is more on the site.") + f" (+{len(news) - MOST_ENTRIES})"
        return follower, _message(follower, follows, heading, context, at=at)


def _about(entries: list[dict[str, Any]], titles: Iterable[str]) -> dict[str, Any]:
    return {
        "entries": entries,
        "why": _("You get this e-mail because you follow: %(titles)s") % {"titles": " · ".join(titles)},
    }


def _title(_language: str, kind: str, target: str) -> str:
    """The name of what is followed, in the language in force."""
    [followed] = selectors.described([Follow(kind=kind, target=target)])
    return _isolated(_shortened(followed.title))


def entry(news: News) -> dict[str, Any]:
    """What is said about one record, in the language in force."""
    claim = news.document["claim"]
    said = _isolated(_shortened(claim["text"]))
    label = {
        RecordKind.PUBLISHED: _("New: %(claim)s"),
        RecordKind.UPDATED: _("Updated: %(claim)s"),
        RecordKind.CORRECTED: _("Corrected: %(claim)s"),
        RecordKind.RETRACTED: _("Retracted: %(claim)s"),
    }[RecordKind(news.record.kind)] % {"claim": said}
    return {
        "label": label,
        "verdicts": _verdicts(news),
        "note": _note(news),
        "note_direction": direction(claim["language"]),
        "note_language": claim["language"],
        "address": settings.SITE_URL + reverse("readers:claim", args=[claim["slug"]]),
    }


def _verdicts(news: News) -> list[str]:
    """The verdict; after a correction or a retraction also the old one."""
    now, before = _rating(news.document), _rating(news.before)
    if news.record.kind == RecordKind.RETRACTED:
        withdrawn = _("We have withdrawn our verdict on this claim.")
        return [_("Old verdict: %(verdict)s") % {"verdict": before}, withdrawn] if before else [withdrawn]
    if before and (before != now or news.record.kind == RecordKind.CORRECTED):
        return [_("Old verdict: %(verdict)s") % {"verdict": before}, _("New verdict: %(verdict)s") % {"verdict": now}]
    return [_("Verdict: %(verdict)s") % {"verdict": now}]


def _rating(document: Document | None) -> str:
    verdict = document["verdict"] if document else None
    return rating_words.in_language(verdict["rating"]["label"], get_language() or "") if verdict else ""


def _note(news: News) -> str:
    """What the newsroom says about it: why it was retracted, what was wrong, or the finding in a sentence."""
    document = news.document
    if document["retraction"]:
        return str(document["retraction"]["note"])
    if news.record.kind == RecordKind.CORRECTED:
        return str(document["corrections"][-1]["note"])
    return str(document["verdict"]["summary"])


def _isolated(words: str) -> str:
    """Words that may run the other way than the language of the e-mail, kept together within its sentences."""
    return f"\u2068{words}\u2069" if get_language_bidi() else plaintext.isolated(words)


def _shortened(words: str) -> str:
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"


def _message(
    follower: Follower, follows: Sequence[Follow], subject: str, context: dict[str, Any], *, at: datetime
) -> Message:
    """The e-mail in the language in force, with the links that end it."""
    language = follows[0].language
    stop = links.stop(follower.pk, [follow.pk for follow in follows], language)
    context |= {
        "site": settings.SITE_NAME,
        "subject": subject,
        "open": _("Read it on the site"),
        "stop": _("Stop these e-mails"),
        "stop_address": stop,
        "all": _("Everything you follow"),
        "all_address": links.own_page(follower.pk, language),
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return Message(
        to=follower.email,
        subject=" ".join(f"{as_label(settings.SITE_NAME)} {subject}".split())[:300],
        text=get_template("email/follow.txt", using="django").render(context),
        html=get_template("email/follow.html", using="django").render(context),
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "list",
        },
        refused=False,
        created_at=at,
        next_at=at,
    )

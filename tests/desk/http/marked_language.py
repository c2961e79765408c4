"""A language in which each translated text stands in brackets, and what a page says outside of them."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import trans_real
from lxml import html

from tools import messages

OPEN, CLOSE = "⟦", "⟧"
_CONTEXT = "\x04"
#: Attributes that people see or hear.
_SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-tooltip")
_UNSEEN = {"script", "style", "noscript", "svg", "code", "pre", "kbd", "bdi"}
_WORD = re.compile(r"[^\W\d_]{2,}")
_TAG = re.compile(r"<[^>]*>")
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


class MarkedLanguage(trans_real.DjangoTranslation):
    """Puts the texts that the catalogues of ``code`` know in brackets; other texts stay as they are."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        known = [*messages.read(code), *messages.read(code, messages.DESK)]
        self.known: set[str] = set()
        for one in known:
            first = one.id if isinstance(one.id, str) else one.id[0]
            self.known.add(f"{one.context}{_CONTEXT}{first}" if one.context else first)

    def _shown(self, text: str, key: str) -> str:
        words = text.rpartition(_CONTEXT)[2]
        if not words:
            return text
        is_known = key in self.known or key in self._catalog or (key, 1) in self._catalog
        return f"{OPEN}{words}{CLOSE}" if is_known else text

    def gettext(self, message: str) -> str:
        """The text in brackets."""
        return self._shown(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One of both forms in brackets."""
        return self._shown(msgid1 if n == 1 else msgid2, msgid1)


def _stored() -> list[str]:
    """What is stored: the newsroom's own texts, longest first."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model._meta.managed or model._meta.app_label in ("auth", "contenttypes", "procrastinate"):
            continue
        columns = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            found.update(str(value) for value in row if value and len(str(value)) > 3)
    return sorted({" ".join(text.split()) for text in found}, key=len, reverse=True)


def _is_left_out(element: Any) -> bool:
    """Scripts, keys of the keyboard, icons, languages by their own names, and what people wrote."""
    is_theirs = element.tag not in ("html", "input", "textarea") and bool({"lang", "dir"} & set(element.keys()))
    is_language = element.tag == "select" and "language" in (element.get("name") or "")
    return (
        element.tag in _UNSEEN
        or is_theirs
        or is_language
        or "material-symbols-outlined" in (element.get("class") or "")
    )


def _without_words(marked: re.Match[str]) -> str:
    """What stands in brackets may hold elements, which stay: a text in them is not of a catalogue."""
    return "".join(_TAG.findall(marked[0]))


def _texts(page: str) -> Iterator[str]:
    left = page
    while left != (page := _MARKED.sub(_without_words, left)):
        left = page
    root = html.fromstring(page)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if not any(map(_is_left_out, (element, *element.iterancestors()))):
            if element.tag != "textarea" or not element.get("lang"):
                yield element.text or ""
            yield from (element.get(name, "") for name in _SPOKEN)
            if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
                yield element.get("value", "")
        if not any(map(_is_left_out, element.iterancestors())):
            yield element.tail or ""


def outside(page: str, *, allowed: re.Pattern[str]) -> list[str]:
    """The words of a page that are neither in brackets, nor stored, nor ``allowed``."""
    found, stored = [], _stored()
    for text in _texts(page):
        left = " ".join(text.split())
        if not _WORD.search(left):
            continue
        for known in stored:
            if known in left:  # as whole words: a short one may stand within a digest by chance
                left = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", left)
        left = allowed.sub(" ", left)
        if _WORD.search(left):
            found.append(left.strip())
    return sorted(set(found))


@contextmanager
def used(monkeypatch: Any, settings: Any, code: str = "tr") -> Iterator[None]:
    """Offer the language on the desk instead of ``code``. What functions remember is forgotten before and after."""
    settings.DESK_LANGUAGES = ["en", code]
    with monkeypatch.context() as patch:
        patch.setitem(trans_real._translations, code, MarkedLanguage(code))
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Words in brackets must not be met by a test that comes later in the same process."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("articles", "desk", "readers"):
            for function in vars(module).values():
                if isinstance(function, _lru_cache_wrapper):
                    function.cache_clear()

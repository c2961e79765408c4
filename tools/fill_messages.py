"""Puts filled entries into the catalogues, after a check of each: ``python -m tools.messages --fill FILE …``."""

import re
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tools import messages

_TARGET = re.compile(r"^# ---- (\S+)$", re.MULTILINE)
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def fill(paths: Sequence[Path]) -> bool:
    """Take over what is right; print what is not. Returns whether anything was refused."""
    is_refused = False
    for path in paths:
        given = path.read_text(encoding="utf-8")
        found = _TARGET.search(given)
        if not found:
            raise SystemExit(f"{path}: its first line has to be “# ---- ” and the file of the catalogue.")
        part, language = _part_of(messages.ROOT / found[1])
        catalog = messages.update(messages.read(language, part), messages.extract(part))
        taken = 0
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                known = catalog.get(entry.id, entry.context) if entry.id else None
                if not entry.id or not any(forms(entry)):
                    continue
                if problem := "no text of the code" if known is None else problem_of(entry, catalog.num_plurals):
                    is_refused = True
                    print(f"{path}: {entry.id!r}: {problem}")
                elif known is not None:
                    known.string, taken = entry.string, taken + 1
        messages.store(catalog, language, part)
        print(f"{found[1]}: {taken} taken over, {len(messages.untranslated(catalog))} to translate")
    messages.COMPLETE.write_text(messages.list_complete(), encoding="utf-8")
    return is_refused


def forms(message: Message) -> list[str]:
    """The translations of a text: one, or one for each plural form."""
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


def problem_of(message: Message, plurals: int) -> str:
    """What is wrong with a translation; an empty text when nothing is."""
    singular, last = (message.id, message.id) if isinstance(message.id, str) else message.id[:2]
    wanted, given = sorted(set(PLACES.findall(last))), forms(message)
    if not isinstance(message.id, str) and len(given) != plurals:
        return f"it needs {plurals} plural forms"
    if not all(given):
        return "a form is missing"
    if sorted(set(PLACES.findall(given[-1]))) != wanted:
        return f"the placeholders are {', '.join(wanted) or 'none'}"
    for form in given:
        if not set(PLACES.findall(form)) <= set(wanted):
            return f"the placeholders are {', '.join(wanted) or 'none'}"
        if "%" in PLACES.sub("", form).replace("%%", "") and "%(" in singular:
            return "write a percent sign as %%"
        if set(form) & set('"<>&') - set("".join([singular, last])):
            return 'it may not bring " < > or & of its own'
        if form.strip() != form and singular.strip() == singular:
            return "it begins or ends with a blank"
    return ""


def _part_of(path: Path) -> tuple[messages.Part, str]:
    for parts in messages.PARTS.values():
        for part in parts:
            for language in messages.languages():
                if part.file(language, "po") == path:
                    return part, language
    raise SystemExit(f"{path} is no catalogue of this project.")

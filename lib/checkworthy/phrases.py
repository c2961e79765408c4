"""Names, offices and organisations in a short phrase of a language with capital letters, by its ``Grammar``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lib.checkworthy import places
from lib.checkworthy.grammar import Grammar
from lib.checkworthy.names import Named, tidy

_WORD = re.compile(r"[^\W\d_]\.(?=\s?[^\W\d_])|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PARTICLES = frozenset(["von", "van", "de", "del", "da", "la", "bin", "al", "фон", "el", "der", "di", "zu"])
_AZ_CASE = re.compile(
    r"(?<=[oe]v)(?:un|in|ün|ın|dan|dən|u|i)$|(?<=[oe]va|ina)(?:nın|nin|ya|dan)$|(?<=zadə)(?:nin|yə)$|(?<=l[ıi])n[ıi]n$"
)
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|инична)(?:а|у|ем|ы|е|ой)?$")
_CYRILLIC_A = re.compile(r"(?:ова|ева|ёва|ина|ая)$")
_ACRONYM = re.compile(r"[^\W\d_]{2,8}")
_GENITIVE = re.compile(r"(?:[аяиыйхю]|[оеё][гй]о?|s|al|ale)$")
_MAX_WORDS, _MAX = 8, 90
#: So many names of one sentence are read: more are a list.
_MAX_RUNS = 20


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row: ``text[start:end]``."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a phrase. ``sure``: a title or office stands before it."""

    named: Named
    sure: bool
    end: int


@lru_cache(maxsize=256)
def pattern(words: str) -> re.Pattern[str]:
    """Matches one whole word (use ``fullmatch``) of the alternatives; nothing when there are none."""
    return re.compile(words or r"(?!)", re.IGNORECASE)


def has(words: str, text: str) -> bool:
    """Whether any word of a text is one of the alternatives."""
    return any(pattern(words).fullmatch(word) for word in _bare_words(text))


def runs(text: str, grammar: Grammar) -> list[Run]:
    """The runs of capitalised words, without the words that open sentences and lone particles."""
    found: list[Run] = []
    words: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        joined = bool(words) and not text[words[-1].end() : match.start()].strip(" ")
        if words and not joined:
            _close(found, words)
        if word[:1].isupper():
            if words or not (pattern(grammar.openers).fullmatch(word) or pattern(grammar.inverters).fullmatch(word)):
                words.append(match)
            if grammar.verb_last and re.search(r"[’']", word):
                _close(found, words)  # "TCMB'nin Mart Anketi": a case ends the name
        elif words and word in _PARTICLES:
            words.append(match)
        else:
            _close(found, words)
    _close(found, words)
    return found


def _close(found: list[Run], words: list[re.Match[str]]) -> None:
    while words and words[-1].group() in _PARTICLES:
        words.pop()
    if words:
        found.append(Run(words[0].start(), words[-1].end(), tuple(each.group() for each in words)))
    words.clear()


def full_names(text: str, grammar: Grammar) -> list[str]:
    """The people a sentence names with first name and surname."""
    names = []
    for run in runs(text, grammar)[:_MAX_RUNS]:
        found = _of_run(run, "", grammar, opens=not text[: run.start].strip(' "'))
        if found and found.named.is_person and len(found.named.name.split()) > 1:
            names.append(found.named.name)
    return names


def leading(text: str, grammar: Grammar) -> Found | None:
    """The name in the phrase that opens ``text``: "la doctora Lucía Herrero", "Institut für Landeskunde"."""
    stop = re.search(r"[,;:!?\"()«»—–\d]|\.(?=\s|$)(?<!\b\w\.)", text)
    phrase = text[: stop.start()] if stop else text
    found = runs(phrase, grammar)[:1]
    has_office = bool(found) and grammar.verb_last and len(_split(found[0].words, grammar)[1]) < len(found[0].words)
    organisation = None if has_office else _organisation(phrase, grammar, at_end=False)
    if organisation:
        return organisation
    for run in found:
        lead = phrase[: run.start].strip()
        if not _may_lead(lead, run, grammar) or _is_plural(phrase[run.end :], grammar):
            return None
        return _of_run(run, lead, grammar, opens=False)
    return None


def trailing(piece: str, grammar: Grammar, *, opens: bool) -> Found | None:
    """The name that ends a phrase: "Verkehrsminister Jonas Keller", "le maire Luc Perrin". ``opens``: a sentence."""
    piece = _without_adverbs(piece, grammar)
    found = runs(piece, grammar)
    run = found[-1] if found else None
    if run and not piece[run.end :].strip(" ,"):
        lead = piece[: run.start].strip()
        if _may_lead(lead, run, grammar):
            person = _of_run(run, lead, grammar, opens=opens and not lead)
            with_others = any(len(each.words) > 1 for each in found[:-1])
            if person and (not with_others or (grammar.verb_last and re.search(r"[ae]n$", lead))):
                return person
    return _organisation(piece, grammar, at_end=True)


def whole(piece: str, grammar: Grammar) -> Found | None:
    """The full name that is all of a phrase, forms of address aside: the "X" of "the mayor, X, said"."""
    found = runs(piece, grammar)
    if len(found) != 1 or piece[: found[0].start].strip() or piece[found[0].end :].strip():
        return None
    named = _of_run(found[0], "", grammar, opens=False)
    return named if named and len(named.named.name.split()) > 1 else None


def without_case(name: str) -> str:
    """Turkish and Azerbaijani names without the ending of their case: "Demir'in", "Talıbovun"."""
    last = name.split()[-1:]
    if not last:
        return name
    bare = _AZ_CASE.sub("", re.sub(r"[’'].*$", "", last[0]))
    return " ".join([*name.split()[:-1], bare])


def is_inflected(name: str) -> bool:
    """Whether a Turkish or Azerbaijani name has the ending of a case, so that it is not the subject."""
    return without_case(name) != name


def _of_run(run: Run, lead: str, grammar: Grammar, *, opens: bool) -> Found | None:
    words = list(run.words)
    if grammar.verb_last:
        words = [re.sub(r"[’'].*$", "", word) for word in words]
        words[-1] = _AZ_CASE.sub("", words[-1])
    if len(words) > 2 and pattern(grammar.roles).fullmatch(words[0]) and any(word in _PARTICLES for word in words[1:]):
        return None  # "Chef der Feuerwehr": an office alone
    if pattern(grammar.organisations).fullmatch(words[-1]):
        return Found(Named(" ".join(words)[:_MAX], is_person=False), True, run.end)
    role, name, addressed = _split(words, grammar)
    if any(pattern(grammar.organisations).fullmatch(word) for word in name):
        return None
    if len(name) > 2 and not role and _opens_with_a_role(name, lead, grammar, opens=opens):
        role, name = name[:1], name[1:]
    if any(pattern(grammar.kin).fullmatch(word) for word in [*role, *name[:1]]):
        return None
    if any(places.WORD.fullmatch(word) for word in name):
        return None
    if not name or len(name) > 5 or name[0] in _PARTICLES or all(len(word.rstrip(".")) == 1 for word in name):
        return None
    if len(name) == 1 and len(words) == 1 and not addressed and _ACRONYM.fullmatch(name[0]) and name[0].isupper():
        return Found(Named(name[0], is_person=False), True, run.end)
    office = has(grammar.roles, lead) or bool(role) or addressed
    if len(name) > 1 and grammar.nouns_have_capitals and lead and not office:
        return None
    shown = " ".join([_without_determiner(lead, grammar), *role]).strip() if office else ""
    return Found(Named(" ".join(name)[:_MAX], tidy(shown)[:_MAX]), office, run.end)


def _split(words: Sequence[str], grammar: Grammar) -> tuple[list[str], list[str], bool]:
    """The office in front, the name, and whether a form of address is among them."""
    address, roles = pattern(grammar.address), pattern(grammar.roles)
    cut = 0
    for number, word in enumerate(words[:-1], start=1):
        if roles.fullmatch(word) or address.fullmatch(word.rstrip(".")):
            cut = number
    office = [word for word in words[:cut] if not address.fullmatch(word.rstrip("."))]
    return office, list(words[cut:]), len(office) < cut


def _opens_with_a_role(name: list[str], lead: str, grammar: Grammar, *, opens: bool) -> bool:
    """Whether the first of three capitalised words is an office that no list knows."""
    if any(_PATRONYMIC.search(word) for word in name) or any(word.endswith(".") for word in name):
        return False
    if any(word in _PARTICLES for word in name):
        return False
    if grammar.nouns_have_capitals:
        return bool(lead and pattern(grammar.determiners).fullmatch(lead.split()[-1]))
    return opens and "фон" in grammar.joins


def _organisation(phrase: str, grammar: Grammar, *, at_end: bool) -> Found | None:
    """The organisation a phrase begins with; with ``at_end``, it must reach to the phrase's end."""
    words = list(_WORD.finditer(phrase))
    while words and pattern(f"{grammar.determiners}|d|l").fullmatch(words[0].group()):
        words.pop(0)
    place = next((n for n, w in enumerate(words[:4]) if pattern(grammar.organisations).fullmatch(w.group())), -1)
    if place < 0 or any(pattern(grammar.roles).fullmatch(each.group()) for each in words[:place]):
        return None
    before = [each.group() for each in words[:place] if not pattern(grammar.joins).fullmatch(each.group())]
    if any(_is_preposition(word, grammar) for word in before):
        return None  # "источник в полиции"
    if grammar.verb_last and not words[0].group()[:1].isupper():
        return None
    if any(not each.group()[:1].isupper() for each in words[:place]) and not at_end:
        return None
    last = _reach(words, place, grammar)
    if at_end and last < len(words) - 1:
        return None
    name = tidy(phrase[words[0].start() : words[last].end()])
    if len(name) > _MAX or has(grammar.kin, name) or (len(name.split()) == 1 and grammar.verb_last):
        return None
    return Found(Named(name, is_person=False), True, words[last].end())


def _reach(words: list[re.Match[str]], place: int, grammar: Grammar) -> int:
    """The number of the last word that belongs to an organisation whose noun is at ``place``."""
    last = place
    joins, after_join = pattern(grammar.joins), False
    lower = 3 if "фон" in grammar.joins else 0  # Russian: "министерство сельского хозяйства"
    for number in range(place + 1, min(len(words), place + _MAX_WORDS)):
        word = words[number].group()
        if joins.fullmatch(word):
            after_join = True
        elif word[:1].isupper() or (after_join and not grammar.nouns_have_capitals):
            if not word[:1].isupper() and "l" in joins.pattern.split("|"):
                lower = 1  # "Institut des études rurales"
            last, after_join = number, False
        elif lower and _GENITIVE.search(word) and not _stops(word, grammar):
            last, lower = number, lower - 1
        else:
            break
    return last


def _stops(word: str, grammar: Grammar) -> bool:
    return any(pattern(words).fullmatch(word) for words in (grammar.prepositions, grammar.between, grammar.openers))


def _may_lead(lead: str, run: Run, grammar: Grammar) -> bool:
    """Whether words in front of a name can be its bearer's office, and not somebody else's: "the wife of X"."""
    words = _bare_words(lead)
    if not words:
        return True
    if len(words) > _MAX_WORDS or has(grammar.kin, lead) or re.search(r"[\"()]", lead):
        return False
    if _is_preposition(words[-1], grammar) or pattern(grammar.conjunctions).fullmatch(words[-1]):
        return False
    if has(grammar.roles, lead) or _split(run.words, grammar)[2]:
        return True
    if grammar.verb_last and re.search(r"[ae]n$", lead):
        return True  # "Sivas'ta yaşayan": who lives in Sivas
    rest = [word for word in words if not pattern(grammar.determiners).fullmatch(word)]
    rest = [word for word in rest if not pattern(grammar.inverters).fullmatch(word)]
    return len(rest) <= 1 and not any(_is_preposition(word, grammar) for word in rest)


def _is_plural(rest: str, grammar: Grammar) -> bool:
    words = _WORD.findall(rest)
    return bool(words) and pattern(grammar.conjunctions).fullmatch(words[0]) is not None


def _is_preposition(word: str, grammar: Grammar) -> bool:
    return pattern(grammar.prepositions).fullmatch(word) is not None


def _without_adverbs(piece: str, grammar: Grammar) -> str:
    words = list(_WORD.finditer(piece))
    while words and pattern(grammar.between).fullmatch(words[-1].group()):
        words.pop()
    return piece[: words[-1].end()] if words else ""


def _without_determiner(lead: str, grammar: Grammar) -> str:
    words = lead.split()
    while words and (
        pattern(grammar.determiners).fullmatch(words[0]) or pattern(grammar.inverters).fullmatch(words[0].strip(","))
    ):
        words.pop(0)
    return " ".join(words)


def _bare_words(text: str) -> list[str]:
    return [word.rstrip(".") for word in _WORD.findall(text)]


def disagrees_with_verb(name: str, verb: str) -> bool:
    """Russian: a man's verb with a name that ends as a woman's, or as a man's in another case."""
    return verb.lower().endswith("л") and _CYRILLIC_A.search(name) is not None

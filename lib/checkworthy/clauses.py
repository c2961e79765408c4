"""Who is named as the speaker around a verb of speech, in German, French, Spanish, Russian, Turkish and Azerbaijani.

Careful rather than complete: where two readings are possible, nobody is the speaker.
"""

import re

from lib.checkworthy import phrases
from lib.checkworthy.grammar import Grammar
from lib.checkworthy.names import Named, tidy
from lib.checkworthy.people import Memory
from lib.checkworthy.phrases import Found

_NEGATED = re.compile(r"\b(?:nicht|nie|ne|n|no|nunca|не|ni)\s*$", re.IGNORECASE)
_REPORT = re.compile(
    r"(?:(?:son|yeni|bugünkü|\d{4}|[^\W\d_]+ ayı)\s)*[^\W\d_]*(?:veri|rapor|açıklama|söz|araştırma|tahmin|"
    r"bilgi|anket|ifade|hesap|"
    r"məlumat|hesabat|açıqlama|sorğu|proqnoz|təxmin)[^\W\d_]*(?:[’'][^\W\d_]+)?\s*$",
    re.IGNORECASE,
)
#: Russian organisations that receive or answer something: "сообщил агентству".
_OBLIQUE = re.compile(
    r"(?:ству|стве|ством|ции|сии|цию|сию|ами|суду|банку|банке|лиции|комитету|службе|службу)$", re.IGNORECASE
)
#: A day in front of the subject: "12 марта 2020 г.", "Am 3. März", "El 5 de mayo".
_DAY = re.compile(r"^\W*(?:[^\W\d_]{1,3}\s)?\d{1,2}\.?\s(?:de\s)?[^\W\d_]+(?:\s(?:de\s)?\d{4})?(?:\sг(?:ода)?\b)?,?")
_COMPLEMENT = re.compile(r"^\s*(?:dass|que|qu|что|чтобы|ki)\b", re.IGNORECASE)


def find(
    bare: str, speech: re.Pattern[str], according: re.Pattern[str], grammar: Grammar, memory: Memory
) -> Named | None:
    """The speaker of a sentence whose quotations are blank."""
    found = _according(bare, according, grammar, memory)
    if found:
        return found
    verbs = list(speech.finditer(bare))
    for verb in (verbs[::-1] if grammar.verb_last else verbs)[:6]:
        if _NEGATED.search(bare[max(0, verb.start() - 10) : verb.start()]):
            continue
        found = _by_verb(bare, verb, grammar, memory)
        if found:
            return found
    return None


def _by_verb(bare: str, verb: re.Match[str], grammar: Grammar, memory: Memory) -> Named | None:
    before, after = bare[: verb.start()].rstrip(), bare[verb.end() :]
    if grammar.verb_last:
        return _verb_last(before, after, grammar, memory)
    if _is_inverted(before, after, grammar):
        return _follows(after, verb, grammar, memory)
    return _subject(before, verb, grammar, memory)


def _follows(after: str, verb: re.Match[str], grammar: Grammar, memory: Memory) -> Named | None:
    rest = re.sub(r"^[-\s]*(?:t-)?", "", after)
    first = re.match(r"[^\W\d_]+", rest)
    if re.match(r"(?:в|во|на)\s", rest):
        return None  # "сообщили в министерстве": a place where it was said
    if first and phrases.pattern(grammar.pronouns).fullmatch(first.group()):
        return None if verb.group().endswith(("ten", "en")) else memory.person
    if not first:
        return memory.person if not rest.strip(" .!?") else None
    rest = _skip_adverbs(rest, grammar)
    found = phrases.leading(rest, grammar) or _office_then_name(rest, grammar)
    return _resolved(found, verb.group(), memory)


def _office_then_name(rest: str, grammar: Grammar) -> Found | None:
    """The name in "sagte der Chef der Feuerwehr, X, …"."""
    pieces = re.split(r"[;:.!?\"—–]", rest)[0].split(",")
    if len(pieces) < 2 or len(pieces[0].split()) > 8 or not phrases.has(grammar.roles, " ".join(pieces[0].split()[:3])):
        return None
    named = phrases.whole(pieces[1].strip(), grammar)
    return Found(Named(named.named.name, tidy(pieces[0])), True, 0) if named and named.named.is_person else None


def _skip_adverbs(rest: str, grammar: Grammar) -> str:
    words = 0
    while words < 4 and (first := re.match(r"[^\W\d_]+\s+", rest)):
        if not phrases.pattern(grammar.between).fullmatch(first.group().strip()):
            break
        rest, words = rest[first.end() :], words + 1
    return rest


def _is_inverted(before: str, after: str, grammar: Grammar) -> bool:
    """Whether the subject follows the verb: after a quotation, a clause and its comma, or an adverb."""
    plain = re.sub(r"\s(?:a|ont|ha|han|hat|hatte|avait|había)$", "", before)
    if not plain.strip(" —–-") or plain.rstrip()[-1:] in '"—–-':
        return True
    if re.match(r"\s*[,:]", after) or _COMPLEMENT.match(after):
        return _opens_with_an_adverb(plain, grammar) and not phrases.runs(plain, grammar)
    if plain.endswith(","):
        inner = plain[:-1]
        return inner.rstrip().endswith('"') or not _appositive(inner, grammar)
    clause = re.split(r"[,;:\"—–]", plain)[-1]
    found = phrases.trailing(clause, grammar, opens=True)
    is_subject = found is not None and (found.sure or len(found.named.name.split()) > 1)
    return _opens_with_an_adverb(clause, grammar) and not is_subject


def _opens_with_an_adverb(clause: str, grammar: Grammar) -> bool:
    first = re.match(r"\W*([^\W\d_]+)", clause)
    return bool(first and phrases.pattern(grammar.inverters).fullmatch(first.group(1)))


def _subject(before: str, verb: re.Match[str], grammar: Grammar, memory: Memory) -> Named | None:
    plain = re.sub(r"\s(?:a|ont|ha|han|hat|hatte|avait|había)$", "", before)
    if plain.endswith(","):
        return _resolved(_appositive(plain[:-1], grammar), verb.group(), memory)
    clause = _DAY.sub("", re.split(r"[;:\"—–]", plain)[-1])
    pieces = clause.split(",")
    last = pieces[-1]
    words = last.split()
    if words and len(words) <= 3 and phrases.pattern(grammar.pronouns).fullmatch(words[0]):
        return memory.person
    return _resolved(phrases.trailing(last, grammar, opens=len(pieces) == 1), verb.group(), memory)


def _appositive(clause: str, grammar: Grammar) -> Found | None:
    """ "The mayor, X," or "X, 43, a baker from Y,": the name between or in front of commas."""
    pieces = [piece.strip() for piece in re.split(r"[;:\"—–]", clause)[-1].split(",") if piece.strip()]
    if len(pieces) < 2:
        return None
    last = phrases.whole(pieces[-1], grammar)
    if last:
        before = phrases.trailing(pieces[-2], grammar, opens=False)
        if before and before.named.is_person and len(before.named.name.split()) > 1:
            return None
        role = " ".join(pieces[-2].split()[:8]) if phrases.has(grammar.roles, pieces[-2]) else ""
        named = Named(last.named.name, last.named.role or tidy(role), last.named.is_person)
        return Found(named, True, 0) if role or last.sure or len(pieces) == 2 else None
    first = phrases.trailing(pieces[0], grammar, opens=True)
    if first and not any(phrases.whole(piece, grammar) for piece in pieces[1:]):
        return first
    return None


def _according(bare: str, according: re.Pattern[str], grammar: Grammar, memory: Memory) -> Named | None:
    for match in list(according.finditer(bare))[:3]:
        if re.search(r"\s(?:его|её|ее)\s", match.group()):
            return memory.person
        if grammar.verb_last:
            found = _possessor(bare[: match.start()], grammar)
        elif match.group().lower() == "zufolge":
            found = phrases.trailing(re.split(r"[,;:\"—–]", bare[: match.start()])[-1], grammar, opens=False)
        else:
            rest = re.sub(r"^\s*(?:von|de|des|du|del|d[’'])\s", " ", bare[match.end() :]).strip()
            own = re.match(r"(?:его|её|ее|lui|elle|él|ella)\b", rest)
            if own:
                return memory.person
            found = phrases.leading(rest, grammar)
        named = _resolved(found, "", memory)
        if named:
            return named
    return None


def _possessor(before: str, grammar: Grammar) -> Found | None:
    """Turkish and Azerbaijani, in front of "göre": "X'e", or the X of "X'in verilerine"."""
    phrase = re.split(r"[,;:\"—–]", before)[-1].strip()
    if not phrase or len(phrase) > 120:
        return None
    bare = _REPORT.sub("", phrase).strip()
    found = phrases.trailing(bare, grammar, opens=False)
    if found:
        return _uninflected(found)
    if bare != phrase:
        first = phrases.runs(bare, grammar)[:1]
        own = phrases.trailing(bare[: first[0].end], grammar, opens=False) if first else None
        return _uninflected(own) if own and re.search(r"[’']n?[ıiuü]n\b", bare) else None
    return None


def _uninflected(found: Found) -> Found:
    """The nominative of an organisation that ends as "bakanlığa" or "komitəsinin" do."""
    name = found.named.name
    for ending, nominative in _NOMINATIVES:
        name, changed = re.subn(ending, nominative, name)
        if changed:
            break
    return Found(Named(name, found.named.role, found.named.is_person), found.sure, found.end)


_NOMINATIVES = (
    (r"(?<=l[ıi])(?:ğ|y)(?:ın|in|a|ə)$", "k"),
    (r"(?<=l[ıi])(ğ|y)([ıi])n(?:ın|in|a|ə|e)$", r"\1\2"),
    (r"(?<=s[ıiuü])n(?:ın|in|un|ün|a|e|ə)$", ""),
    (r"(?<=[tkd][ıiuü])n(?:ın|in|un|ün|a|e|ə)$", ""),
)


def _verb_last(before: str, after: str, grammar: Grammar, memory: Memory) -> Named | None:
    """The subject behind the verb ("…" dedi X), or the one that opens the sentence."""
    if before.rstrip(" ,").endswith(('"', '" diye')) and (behind := re.match(r"\s+(?=[^\W\d_])", after)):
        found = phrases.leading(after[behind.end() :], grammar)
        named = _nominative(found, after[behind.end() :], memory)
        if named:
            return named
    pieces = [piece.strip() for piece in re.split(r"[,;:–—\"]", before) if piece.strip()]
    if not pieces:
        return memory.person
    if phrases.pattern(grammar.pronouns).fullmatch(pieces[-1].split()[-1]) or (
        len(pieces) == 1 and phrases.pattern(grammar.pronouns).fullmatch(pieces[0].split()[0])
    ):
        return memory.person
    for number, piece in enumerate(pieces[:1] + pieces[-1:]):
        last = len(pieces) == 1 or number == 1
        named = _subject_of(piece, grammar, memory, goes_on=last)
        if named:
            return named
    return None


def _subject_of(piece: str, grammar: Grammar, memory: Memory, *, goes_on: bool) -> Named | None:
    whole = phrases.trailing(piece, grammar, opens=False)
    if whole:
        return _nominative(whole, piece, memory)
    if not goes_on:
        return None
    for number, run in enumerate(phrases.runs(piece, grammar)[:2]):
        lead = piece[: run.start]
        following = re.match(r"\s+([^\W\d_]+)", piece[run.end :])
        if number == 0 and len(run.words) == 1 and following and phrases.has(grammar.roles, following.group(1)):
            continue  # "Şirketin sözcüsü Gizem Tekin": the office of the name that follows
        if following and phrases.pattern(grammar.prepositions).fullmatch(following.group(1)):
            return None
        if (lead and not phrases.has(grammar.roles, lead.split()[-1])) or phrases.is_inflected(run.words[-1]):
            return None
        return _nominative(phrases.trailing(piece[: run.end], grammar, opens=False), piece, memory)
    return None


def _nominative(found: Found | None, text: str, memory: Memory) -> Named | None:
    """The subject, unless its ending says that it is none."""
    if found is None:
        return None
    last = text[: found.end].split()[-1:] if found.end else []
    if last and phrases.is_inflected(last[0]):
        return None
    return _resolved(found, "", memory)


def _resolved(found: Found | None, verb: str, memory: Memory) -> Named | None:
    if found is None or (found.named.is_person and phrases.disagrees_with_verb(found.named.name, verb)):
        return None
    if verb and not found.named.is_person and _OBLIQUE.search(found.named.name.split()[0]):
        return None
    return memory.resolve(found.named, sure=found.sure)

"""What a figure measures: words for the same thing under one name, and what tells two things apart."""

import re

#: Nouns that name the same thing in one article, by the beginnings of the words, in the languages the rules know.
_SAME = {
    "fighting": "fighting clash war wars warfare conflict hostilit battle combat shelling боев боёв бои войн "
    "столкновени "
    "savaş çatışma müharibə döyüş krieg kämpfe kampf guerra combate حرب القتال اشتباك",
    "strike": "strike walkout stoppage забастовк grev tətil streik huelga إضراب",
    "drought": "drought засух kuraklık quraqlıq dürre sequía",
    "outage": "outage blackout power cut corte ausfall",
    "siege": "siege blockade блокад kuşatma",
    "outbreak": "outbreak epidemic эпидеми salgın",
    "occupation": "occupation оккупаци işgal işğal",
    "talks": "talks negotiation переговор müzakere verhandlung",
    "trial": "trial hearings процесс prozess juicio",
    "sentence": "sentence prison jail imprisonment тюрьм hapis haft cárcel",
    "mission": "mission mandate deployment мисси мандат",
    "closure": "closure shutdown lockdown закрыти schließung cierre",
    "curfew": "curfew",
    "construction": "construction строительств inşaat bau obras",
    "flood": "flood flooding наводнени sel hochwasser inundación",
}
_STEMS = sorted(
    ((stem, name) for name, stems in _SAME.items() for stem in stems.split()), key=lambda each: -len(each[0])
)
#: What befell or was done: two counts are of the same thing only with the same of these.
EVENTS = {
    "killed": r"killed|dead|died|drowned|fatalities|lost their lives|deaths?",
    "injured": r"injured|wounded|hurt",
    "arrested": r"arrested|detained",
    "aboard": r"on board|aboard",
    "evacuated": r"evacuated",
    "displaced": r"displaced|fled",
    "missing": r"missing",
    "jobs": r"lost their jobs|laid off|dismissed",
    "rescued": r"rescued|saved",
    "deployed": r"deployed|stationed",
    "destroyed": r"destroyed|burn(?:ed|t) down",
    "infected": r"infected|fallen ill|fell ill",
}
#: What happens once to a thing: two dates of the same of these, for the same thing, do not fit.
ONCE = {
    "opened": r"opened|inaugurated",
    "built": r"built|finished|completed",
    "founded": r"founded|established|set up",
    "born": r"born",
    "died": r"died",
    "banned": r"banned|outlawed",
    "introduced": r"introduced",
    "signed": r"signed",
    "stolen": r"stolen",
    "closed": r"closed",
    "captured": r"captured|seized|occupied",
    "sank": r"sank",
    "elected": r"elected",
    "began": r"began|started|broke out|erupted",
    "ended": r"ended",
}
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "and",
        "or",
        "but",
        "from",
        "as",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "his",
        "her",
        "their",
        "our",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "not",
        "no",
        "new",
        "old",
        "first",
        "second",
        "third",
        "last",
        "next",
        "more",
        "most",
        "than",
        "only",
        "also",
        "all",
        "some",
        "many",
        "into",
        "over",
        "under",
        "after",
        "before",
        "during",
        "since",
        "until",
        "about",
        "nearly",
        "almost",
        "around",
        "there",
        "here",
        "who",
        "which",
        "what",
        "when",
        "where",
        "said",
        "says",
        "told",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "can",
        "did",
        "does",
        "do",
        "they",
        "he",
        "she",
        "we",
        "you",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "year",
        "years",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "time",
        "people",
        "against",
        "between",
        "both",
        "other",
        "itself",
        "himself",
        "him",
        "them",
        "out",
        "up",
        "down",
        "off",
        "then",
        "now",
        "again",
        "very",
    ]
)
_ANOTHER_BEFORE = re.compile(
    r"\b(?:previous|earlier|former|another|other|additional|further|first|second|third|revised|initially|at first|"
    r"originally|up from|down from|rose|risen|fell(?! through)|since then|instead of|on average|each|every|per|planned|"
    r"expected|would|could|next|prior|last|again|corrected|updated)\b",
    re.IGNORECASE,
)
_ANOTHER_AFTER = re.compile(
    r"\b(?:another|elsewhere|each|every|per|an? (?:day|week|month|year)|last (?:week|month|year)|(?:\w+ )?earlier|"
    r"since then|on average|previous\w*|in all)\b",
    re.IGNORECASE,
)


def named(word: str) -> str:
    """The thing a noun names, or "" for one that stands for nothing here."""
    plain = word.lower()
    for stem, name in _STEMS:
        if plain == stem or (len(stem) > 3 and plain.startswith(stem) and len(plain) <= len(stem) + 4):
            return name
    return ""


def all_named(text: str) -> set[str]:
    """Every thing of the list that a text names."""
    return {name for word in re.findall(r"[^\W\d_]+", text) if (name := named(word))}


def stem(word: str) -> str:
    """A noun without its plural: enough to know it again in the same article."""
    plain = re.sub(r"[’']s?$", "", word.lower())
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and len(plain) > 3 and not plain.endswith("ss") else plain


def nouns(text: str) -> set[str]:
    """Content words, without plurals."""
    return {stem(word) for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) if is_content(word)}


def is_content(word: str) -> bool:
    """Whether a word can name a thing."""
    return len(word) > 2 and word.lower() not in _STOP


def capitals(text: str) -> set[str]:
    """Names in a text: capitalised words that do not open it."""
    return {stem(match.group(1)) for match in re.finditer(r"(?<=[^.\s] )([^\W\d_a-z][^\W\d_]{2,})", text)}


def is_about_another(text: str, start: int, end: int) -> bool:
    """Whether the words around a figure say that it is another occasion's, a part, a change or a plan."""
    return bool(_ANOTHER_BEFORE.search(text[max(0, start - 30) : start]) or _ANOTHER_AFTER.search(text[end : end + 40]))

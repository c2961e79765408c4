"""Words with a full stop that end no sentence, by language."""

import re

#: Words that begin sentences far more often than names: after "U.S." or "p.m." they tell that a sentence ended.
STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "In",
        "On",
        "At",
        "But",
        "And",
        "However",
        "After",
        "Before",
        "When",
        "While",
        "If",
        "As",
        "For",
        "Its",
        "His",
        "Her",
        "Their",
        "Our",
        "There",
        "What",
        "Who",
        "Why",
        "How",
        "No",
        "Not",
        "Some",
        "Many",
        "Most",
        "Der",
        "Die",
        "Das",
        "Ein",
        "Eine",
        "Er",
        "Sie",
        "Es",
        "Im",
        "In",
        "Wir",
        "El",
        "La",
        "Los",
        "Las",
        "Un",
        "Una",
        "En",
        "Él",
        "Ella",
        "В",
        "На",
        "Он",
        "Она",
        "Они",
        "Это",
        "Но",
        "И",
        "По",
        "Bu",
        "O",
        "Ve",
        "Bir",
        "Amma",
        "Lakin",
    ]
)

_BEFORE_NAMES = {
    "en": "dr mr mrs ms prof gen lt col sgt capt cmdr adm maj gov sen rep rev hon st mt ft messrs pres supt no nos fig",
    "de": "dr prof hr fr frl rd tsd nr st ca bzw z.b d.h u.a vgl evtl abs art bd",
    "es": "sr sra srta dr dra d dª prof lic ing gral núm art pág av",
    "fr": "m mm mme mmes mlle dr pr me st ste no art av bd env",
    "it": "sig dott prof ing avv on art n",
    "pt": "sr sra dr dra prof eng exmo n art",
    "ru": "г гг ул им д пос обл проф акад ген полк кв пр пл стр рис см ср др",
    "tr": "dr prof doç av sn alb gen org yrd öğr no cad sok mah",
    "az": "dr prof dos gen ş küç məs akad",
    "ar": "د أ م ا أ.د ا.د",
}
_ANYWHERE = {
    "en": "jr sr inc ltd co corp bros vs etc approx est dept univ a.m p.m e.g i.e cf al jan feb mar apr jun jul aug "
    "sep sept oct nov dec mon tue wed thu fri sat sun ave blvd rd",
    "de": "usw etc mrd mio tsd bio jan feb apr aug sept okt nov dez jh chr inkl max min str",
    "es": "etc ee.uu ud uds aprox s.a",
    "ru": "тыс трлн млн млрд руб коп т.е т.д т.п н.э чел долл",
    "tr": "vb vd bkz yy m.ö m.s t.c a.ş",
    "az": "və s m.ə mln mlrd",
}
_TITLES = frozenset(_BEFORE_NAMES["en"].split()) - {"no", "nos", "fig", "st", "mt", "ft"}


def before_names(language: str) -> frozenset[str]:
    """Abbreviations after which a sentence always goes on; English titles occur in texts of every language."""
    return _SETS["names"].get(language.split("-")[0], _TITLES)


_DOTTED = re.compile(r"([^\W\d_]{1,5}(?:\.[^\W\d_])?)\.(?=\s*[^\W\d_])")


def without_dots(text: str, language: str) -> str:
    """The text with a blank for the full stop of every title and abbreviation; positions stay. Initials keep theirs."""
    known = before_names(language)
    return _DOTTED.sub(lambda each: each.group(1) + " " if _is_known(each.group(1), known) else each.group(), text)


def _is_known(word: str, known: frozenset[str]) -> bool:
    is_initial = len(word) == 1 and word.isupper()
    return word.lower() in known and not is_initial


def anywhere(language: str) -> frozenset[str]:
    """Abbreviations that may also be the last word of a sentence."""
    return _SETS["anywhere"].get(language.split("-")[0], frozenset())


def writes_ordinals_with_a_dot(language: str) -> bool:
    """Whether "3." is "third" in this language, as in „am 3. März“."""
    return language.split("-")[0] in {
        "de",
        "tr",
        "az",
        "fi",
        "da",
        "no",
        "nb",
        "cs",
        "sk",
        "hu",
        "hr",
        "sr",
        "sl",
        "et",
    }


_SETS = {
    "names": {language: _TITLES | frozenset(words.split()) for language, words in _BEFORE_NAMES.items()},
    "anywhere": {language: frozenset(words.split()) for language, words in _ANYWHERE.items()},
}

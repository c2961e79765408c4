"""Numbers as they are written: grouped digits of any script, and the words behind them that multiply.

"255 mil 300", "32 milyon 531 bin", "12 млрд", "3,4 Mrd." and "١٢ مليون" are one number each.
"""

import re
from functools import lru_cache

#: Digits of any script, grouped by thousands or with a decimal sign.
DIGITS = (
    r"(?<![\w.,٫٬])[+\-−]?\d{1,3}(?:[,.'’ \u202f\u00a0٬]\d{3}){1,5}(?:[.,٫]\d{1,9})?(?!\w)|"
    r"(?<!\w)\d{1,20}(?:[.,:٫]\d{1,9})?"
)
_SCALES = {
    "en": {"thousand|k": 1e3, "million|mn|m": 1e6, "billion|bn": 1e9, "trillion|tn": 1e12},
    "de": {
        r"tausend|tsd\.?": 1e3,
        r"million(?:en)?|mio\.?": 1e6,
        r"milliarden?|mrd\.?": 1e9,
        r"billion(?:en)?|bio\.?": 1e12,
    },
    "fr": {"mille": 1e3, r"millions?|mln": 1e6, r"milliards?|mds?|mrd": 1e9, "billions?": 1e12},
    "es": {"mil millones": 1e9, "mil": 1e3, "millón|millones": 1e6, "billón|billones": 1e12},
    "ru": {
        r"тыс\.?|тысяч[аиу]?": 1e3,
        r"млн\.?|миллион\w{0,2}": 1e6,
        r"млрд\.?|миллиард\w{0,2}": 1e9,
        r"трлн\.?|триллион\w{0,2}": 1e12,
    },
    "tr": {"bin|mil": 1e3, "milyon": 1e6, "milyar|bilyon": 1e9, "trilyon": 1e12},
    "az": {"min|mil": 1e3, r"milyon|mln\.?": 1e6, r"milyard|mlrd\.?": 1e9, "trilyon": 1e12},
    "ar": {
        "ألف(?:ا|ًا|اً)?|آلاف": 1e3,
        "مليون(?:ا|ًا|اً)?|ملايين|مليوني": 1e6,
        "مليار(?:ا|ًا|اً|ات|ي)?": 1e9,
        "تريليون": 1e12,
    },
}


@lru_cache(maxsize=32)
def pattern(tongue: str) -> str:
    """The source of a regular expression for one number with its multipliers, without groups that capture."""
    scales = "|".join(_SCALES.get(tongue, {}))
    if not scales:
        return rf"(?:{DIGITS})"
    small = r"(?:[ \u00a0]\d{1,3}(?![\d]|[.,]\d))?"
    return rf"(?:(?:{DIGITS})(?:[ \u00a0\u202f-]?(?:{scales})(?!\w){small}){{0,4}})"


@lru_cache(maxsize=32)
def scale_words(tongue: str) -> str:
    """The words that multiply, as alternatives; "" where none are known."""
    return "|".join(_SCALES.get(tongue, {}))


def value(written: str, tongue: str) -> float:
    """The number's value: "32 milyon 531 bin" is 32,531,000. 0 for one that is not understood."""
    parts = re.findall(rf"(?:{DIGITS})|[^\W\d_]+(?: millones)?\.?", written, re.IGNORECASE)
    total, current = 0.0, 0.0
    for part in parts:
        if part[:1].isdigit() or part[:1] in "+-−":
            total, current = total + current, _plain(part)
            continue
        for words, factor in _SCALES.get(tongue, {}).items():
            if re.fullmatch(words, part, re.IGNORECASE):
                current *= factor
                break
    return total + current


def _plain(digits: str) -> float:
    """Digits with their separators: a group of three digits behind a separator is thousands, as in "1.200"."""
    bare = digits.strip("+-−")
    bare = "".join(str(int(char)) if char.isdigit() else char for char in bare)
    grouped = re.fullmatch(r"(\d{1,3}(?:[,.'’ \u202f\u00a0٬]\d{3})+)([.,٫]\d+)?", bare)
    if grouped:
        fraction = (grouped.group(2) or "").replace(",", ".").replace("٫", ".")
        return float(re.sub(r"\D", "", grouped.group(1)) + fraction)
    single = bare.replace(",", ".").replace("٫", ".")
    return float(single) if re.fullmatch(r"\d+(?:\.\d+)?", single) else 0.0

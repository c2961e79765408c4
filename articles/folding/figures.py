"""How figures are written: the digits of scripts, decimal signs, words for thousands to billions, percent signs.

These are the tables from which ``articles.folding.sql`` makes the functions of the database. "$2.4M", "2.4 million" and
"2,4 Millionen" all give the figure 2400000.
"""

from typing import Final

#: The decimal digits of other scripts, each as ten characters from zero to nine.
DIGITS: Final = (
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "০১২৩৪৫৬৭৮৯",
    "௦௧௨௩௪௫௬௭௮௯",
    "０１２３４５６７８９",
)
#: Signs inside of numbers that stand for a point or a comma: Arabic ones, and a narrow apostrophe.
SIGNS: Final = {"٫": ".", "٬": ",", "％": "%", "٪": "%", "’": "'"}
#: What may stand between groups of three digits, for a set of a regular expression.
SEPARATORS: Final = ",.'’\u0020\u00a0\u202f\u066c"
#: Languages that write 2.4 and 1,000. All others write 2,4 and 1.000 or 1 000.
WITH_DECIMAL_POINT: Final = ("en", "ar", "he", "hi", "ja", "ko", "ne", "ta", "th", "ur", "zh", "ga", "ms", "sw")
#: Short forms that every language uses, only directly behind a number: 10**3, 10**6, 10**9.
SHORT: Final = {3: "k", 6: "m|mn|mio|mln", 9: "b|bn|mrd|mlrd"}
#: The words for powers of ten, by language, as a regular expression of PostgreSQL.
POWERS: Final[dict[str, dict[int, str]]] = {
    "en": {3: "thousand|grand", 6: "million|millions|mil", 9: "billion|billions", 12: "trillion|trillions"},
    "de": {3: "tausend|tsd\\.?", 6: "million|millionen|mio\\.?", 9: "milliarden?|mrd\\.?", 12: "billion|billionen"},
    "es": {3: "mil", 6: "millón|millones", 9: "mil millones|millardos?", 12: "billón|billones"},
    "fr": {3: "mille|milliers", 6: "millions?", 9: "milliards?", 12: "billions?"},
    "it": {3: "mila", 6: "milion[ei]", 9: "miliard[oi]"},
    "pt": {3: "mil", 6: "milhão|milhões", 9: "bilhão|bilhões|mil milhões"},
    "nl": {3: "duizend", 6: "miljoen", 9: "miljard"},
    "tr": {3: "bin", 6: "milyon\\w*", 9: "milyar\\w*", 12: "trilyon\\w*"},
    "az": {3: "min", 6: "milyon\\w*|mln\\.?", 9: "milyard\\w*|mlrd\\.?", 12: "trilyon\\w*"},
    "ru": {
        3: "тыс\\.?|тысяч\\w*",
        6: "млн\\.?|миллион\\w*",
        9: "млрд\\.?|миллиард\\w*",
        12: "трлн\\.?|триллион\\w*",
    },
    "uk": {3: "тис\\.?|тисяч\\w*", 6: "млн\\.?|мільйон\\w*", 9: "млрд\\.?|мільярд\\w*"},
    "ar": {3: "ألف|ألفا|آلاف|الف", 6: "مليون|مليونا|ملايين", 9: "مليار|مليارا|مليارات", 12: "تريليون"},
    "hy": {3: "հազար\\w*", 6: "միլիոն\\w*|մլն", 9: "միլիարդ\\w*|մլրդ"},
}
#: Words and signs for percent, in any language.
PERCENT: Final = (
    "%|percent|per cent|pct|prozent|por ciento|pour cent|por cento|per cento|procent|procente|faiz\\w*|процент\\w*"
    "|відсот\\w*|بالمئة|بالمائة|في المئة|في المائة|տոկոս\\w*"
)
#: Percent signs and words that stand before the number.
PERCENT_BEFORE: Final = "%|yüzde"

"""What else tells how much a sentence asks to be checked: its length, names, opening word, tense. No reason by itself.

Each sign can be said to an editor in words; how much it counts was measured (``bench/suggest_weights.py``).
"""

import re
from functools import lru_cache

#: The signs, with what an editor reads.
WORDS = {
    "length": "a long sentence",
    "name": "names somebody or something",
    "opening": "opens with a speaker's own word",
    "future": "may, must or will happen",
    "past": "tells what happened",
}
#: So many words are as long as a sentence counts.
_LONGEST = 15
_NAME = re.compile(r"(?<=[^.!?:\s“”\"«„] )[^\W\d_a-zа-яё][^\W\d_]{2,}")
_OPENING = {
    "en": "i|we|you|my|our|your|let|thank|please|perhaps|maybe|but|and|so|well",
    "ru": "я|мы|вы|мой|наш|пусть|спасибо|возможно|может|но|и|а|ну",
    "tr": "ben|biz|siz|benim|bizim|lütfen|belki|ama|peki|teşekkür",
    "az": "mən|biz|siz|mənim|bizim|bəlkə|amma|bəs|lütfən",
    "ar": "أنا|نحن|أنتم|ربما|لعل|لكن|شكرا",
    "de": "ich|wir|sie|mein|unser|danke|bitte|vielleicht|aber|und|man",
    "es": "yo|nosotros|usted|mi|nuestro|gracias|quizás?|tal|pero|y",
    "fr": "je|nous|vous|mon|notre|merci|peut-être|mais|et",
}
_FUTURE = {
    "en": "will|would|may|might|could|should|must|shall|going to|can",
    "ru": "будет|будут|может|могут|должн\\w+|мог\\w*|станет|станут",
    "tr": "\\w+(?:acak|ecek)(?:tır|tir|lar|ler|ını|ini)?|\\w+(?:ebilir|abilir)|gerek\\w*|\\w+(?:malı|meli)",
    "az": "\\w+(?:acaq|əcək)(?:dır|dir|lar|lər)?|\\w+(?:ə bilər|a bilər)|\\w+(?:malı|məli)(?:dır|dir)?",
    "ar": "سوف|سي\\w+|ست\\w+|قد|يجب|يمكن|لن",
    "de": "wird|werden|würden?|könnten?|kann|können|soll(?:en|te|ten)?|muss|müssen|dürfte\\w*",
    "es": "\\w+(?:ará|erá|irá|arán|erán|irán|aría|ería|iría)n?|va a|van a|puede\\w*|podría\\w*|debe\\w*",
    "fr": "\\w+(?:era|ira|ront|rait|raient)|va|vont|peut|peuvent|pourrait|doit|doivent|devrait",
}
_PROMISE = {
    "en": "would|going to|i will|we will|we['’]ll|i['’]ll|promis\\w+|pledg\\w+|"
    "vow(?:s|ed)?|want to|wants to|hopes? to|plans? to|intends? to",
    "ru": "пообеща\\w+|обещ\\w+|собира\\w+|планиру\\w+|намерен\\w*|мы будем|я буду",
    "tr": "söz verdi\\w*|vaat\\w*|planlıyor\\w*|\\w+(?:acağız|eceğiz|acağım|eceğim)",
    "az": "vəd ed\\w+|planlaşdır\\w+|\\w+(?:acağıq|əcəyik|acağam|əcəyəm)",
    "ar": "وعد\\w*|تعهد\\w*|يعتزم|تعتزم|سنقوم|سن\\w{3,}",
    "de": "verspr\\w+|plan(?:t|en)|will|wollen|wir werden|ich werde",
    "es": "promet\\w+|planea\\w*|pretende\\w*|quiere\\w*|vamos a",
    "fr": "prom(?:et|is|ettent)\\w*|compte[nt]*|veut|veulent|nous allons|prévoit|prévoient",
}
_PAST = {
    "en": "was|were|had|did|has been|have been|[a-z]{3,}ed|said|rose|fell|led|built|sold|sank|began|broke|went|came|"
    "gave|took|made|found|lost|won|paid|held|left|met|ran|saw|sent|spent|stood|told|wrote|bought|drove|grew|died",
    "ru": "\\w{2,}(?:ал|ил|ел|ял|ул|ла|ло|ли|лся|лась|лось|лись)",
    "tr": "\\w{2,}(?:dı|di|du|dü|tı|ti|tu|tü)(?:lar|ler)?|\\w+m[ıiuü]ş(?:tı|ti|tu|tü)?",
    "az": "\\w{2,}(?:ıb|ib|ub|üb)(?:lar|lər)?|\\w{2,}(?:dı|di|du|dü)(?:lar|lər)?|idi",
    "ar": "كان|كانت|قتل\\w*|افتتح\\w*|ارتفع\\w*|انخفض\\w*|كلف\\w*|بلغ\\w*|وقع\\w*|أعلن\\w*",
    "de": "war|waren|hatte\\w*|wurde\\w*|ge\\w{2,}(?:t|en)|\\w{2,}(?:te|ten)|stieg\\w*|fiel\\w*|kam\\w*",
    "es": "\\w{2,}(?:ó|aron|ieron)|fue|fueron|era|eran|había|estaba",
    "fr": "(?:a|ont|avait|avaient|est|sont) \\w+(?:é|i|u|is|it|és|ée|ées)|était|étaient|fut|furent",
}


def find(text: str, *, language: str) -> dict[str, float]:
    """The signs of one sentence, 0 to 1 each; only those above 0."""
    tongue = language.split("-")[0]
    found = {"length": min(len(text.split()), _LONGEST) / _LONGEST}
    if tongue not in {"de", "ar"} and _NAME.search(text):
        found["name"] = 1.0
    for kind, pattern in _patterns(tongue).items():
        if pattern.search(text):
            found[kind] = 1.0
    return found


@lru_cache(maxsize=32)
def _patterns(tongue: str) -> dict[str, re.Pattern[str]]:
    sources = {
        "opening": (_OPENING, r"^\W{{0,3}}(?:{})\b"),
        "future": (_FUTURE, r"\b(?:{})\b"),
        "promise": (_PROMISE, r"\b(?:{})\b"),
        "past": (_PAST, r"\b(?:{})\b"),
    }
    return {
        kind: re.compile(frame.format(words[tongue]), re.IGNORECASE)
        for kind, (words, frame) in sources.items()
        if tongue in words
    }

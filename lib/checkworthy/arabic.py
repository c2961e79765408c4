"""Who is named as the speaker in an Arabic sentence: the verb first, then office and name, or an organisation.

Arabic has no capital letters. A name is what follows an office or its noun with the article; without one, only a
phrase of two to four words that stands between the verb and "that" or a comma.
"""

import re

from lib.checkworthy.names import Named
from lib.checkworthy.people import Memory


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP = re.compile(
    r"[.,;:!?\"“”„«»()؛،–—\d]|\s(?:إن|أن|إنه|إنها|أنه|أنها|بأن|بأنه|بأنها|في|خلال|على|من|إلى|عن|مع|أمس|اليوم|يوم|الذي|التي|لوكالة|"
    r"للصحفيين|للصحافة|وهو|وهي)(?=\s|$|[،,:.])"
)
_OFFICES = _words(
    "وزير وزيرة رئيس رئيسة مدير مديرة محافظ محافظة نائب نائبة متحدث متحدثة ناطق ناطقة أمين أمينة قائد "
    "سفير سفيرة عميد مستشار مستشارة خبير خبيرة طبيب طبيبة مهندس مهندسة مزارع مزارعة أستاذ أستاذة باحث "
    "باحثة قاض قاضي عضو نقيب نقيبة مسؤول مسؤولة مندوب ممثل ممثلة معلم معلمة دكتور دكتورة سيد سيدة صحفي "
    "صحفية عالم عالمة رجل خباز خبازة صياد تاجر تاجرة ضابط عقيد لواء عمدة حاكم مؤرخ مؤرخة اقتصادي اقتصادية "
    "محلل محللة منسق منسقة د أ أد"
)
_ORGANISATIONS = _words(
    "وزارة معهد مكتب هيئة شركة جامعة نقابة منظمة وكالة شرطة محكمة بنك مصرف لجنة بلدية مجلس حكومة مستشفى "
    "جمعية اتحاد مركز مؤسسة دائرة مديرية إدارة مصلحة جيش نيابة سلطة بعثة ديوان غرفة صندوق صحيفة إذاعة "
    "قناة حزب حركة"
)
_BETWEEN = _words("باسم العام العامة السابق السابقة الأول الأولى الأسبق بلدة مدينة ميناء قرية منطقة شؤون قسم")
#: Nobody in particular, or somebody known only through another: no speaker.
_ANYBODY = _words(
    "أحد إحدى بعض عدد محام محامي محامية زوجة زوج ابن ابنة شقيق شقيقة والد والدة مساعد مصدر مصادر وسائل "
    "تقرير تقارير شاهد شهود سكان خبراء مسؤولون مسؤولين مراسل مراسلون ناشط ناشطون نشطاء بيان دراسة إحصاءات "
    "إحصائيات بيانات أرقام تصريحات أهالي عائلة أسرة قوات مواطن مواطنون كل جيران طلاب عمال رجال نساء كلا "
    "قانون خطة نتائج صور"
)
_MAX_WORDS = 9


def find(bare: str, speech: re.Pattern[str], according: re.Pattern[str], memory: Memory) -> Named | None:
    """The speaker of a sentence whose quotations are blank."""
    for match in [*list(according.finditer(bare))[:2], *list(speech.finditer(bare))[:4]]:
        rest = bare[match.end() :]
        glued = re.match(r"\u064b?\s*ل(?=[^\W\d_]{3})", rest) if match.group().endswith("وفقا") else None
        found = _phrase(rest[glued.end() :] if glued else rest, memory)
        if found:
            return found
    return None


def _phrase(rest: str, memory: Memory) -> Named | None:
    rest = re.sub(r"^\s*(?:كل من\s.*)?", "", rest)
    stop = _STOP.search(" " + rest)
    words = (rest[: max(0, stop.start() - 1)] if stop else rest).split()
    if not words:
        # "…", he said; he added that …: the verb stands alone
        alone = not rest.strip(' ."،,') or re.match(r"\s*(?:إن|أن|بأن|إنه|إنها|أنه|أنها)\s", rest)
        return memory.person if alone else None
    if len(words) > _MAX_WORDS or any(word.startswith("و") and _plain(word[1:]) in _OFFICES for word in words[1:]):
        return None
    first = _plain(words[0])
    if first in _ANYBODY:
        return None
    if first in _ORGANISATIONS and first not in _OFFICES:
        return Named(" ".join(words), is_person=False) if len(words) > 1 or words[0].startswith("ال") else None
    return _person(words, memory)


def _person(words: list[str], memory: Memory) -> Named | None:
    cut = _name_begins(words)
    name, role = words[cut:], words[:cut]
    if not name:
        return None
    if len(name) == 1:
        return memory.resolve(Named(name[0], " ".join(role)), sure=False)
    if len(name) > 4 or (not role and len(name) > 3):
        return None
    if name[0].startswith("ال") or any(_plain(word) in _ORGANISATIONS for word in name):
        return None
    shown = [word for word in role if _plain(word) not in {"د", "أ", "أد", "سيد", "سيدة", "دكتور", "دكتورة"}]
    return memory.resolve(Named(" ".join(name), " ".join(shown)), sure=bool(role))


def _name_begins(words: list[str]) -> int:
    """Where the name begins: behind the last office, noun with the article or title that has words behind it."""
    begin = 0
    for number, word in enumerate(words):
        is_office = _plain(word) in _OFFICES or _plain(word) in _BETWEEN or _plain(word) in _ORGANISATIONS
        has_article = word.startswith("ال") and 0 < number < len(words) - 1
        if (is_office or word.startswith("لل") or (has_article and begin)) and number < len(words):
            begin = number + 1
    return begin


def _plain(word: str) -> str:
    """Without article, full stop and the letter that joins."""
    bare = word.strip(".ـ")
    return bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare

"""Words around names in bylines: what is no name, what stands before one, months and conjunctions."""

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: What content systems put where a name belongs, offices of a newsroom, and the words of buttons.
NO_NAMES: Final = _set(
    "admin admin1 administrator author authors autor autore auteur redaktion redaction redazione redacción rédaction "
    "editor editors editorial staff webmaster user username root guest anonymous unknown none null test "
    "website online "
    "news newsroom desk team default wordpress super moderator manager contributor contributors reporter reporters "
    "correspondent correspondents writer writers journalist columnist agency agencies web internet site "
    "blog page share "
    "follow read more subscribe login comments profile photo photos video home us twitter facebook editör "
    "muhabir yönetici "
    "yazar haber merkezi redaksiya müəllif admini админ администратор автор редактор редакция корреспондент гость "
    "пользователь 作者 投稿者 記者 记者 编辑 編輯 編集部 管理员 管理員 admin管理员 匿名 "
    "محرر المحرر التحرير الإدارة خاص مدير كاتب"
)
#: What stands before a name.
LABELS: Final = (
    r"(?:view all|all|more|see all) (?:posts|articles|stories|entries) (?:by|from)|posted by|written by|reporting by|"
    r"story by|article by|published by|author|authors|by|von|par|por|di|door|text von|autor|auteur|автор|текст|müəllif|"
    r"yazar|yazan|հեղինակ|بقلم|كتب|كتبت|作者|文|撰文|記者|记者"
)
#: Months, in full; those that are names of persons as well count only with a day or year behind them.
MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "januar|februar|märz|mai|juni|juli|oktober|dezember|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|"
    "yanvar|fevral|aprel|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr"
)
#: Months in short, which are too like names to be cut off without a number.
SHORT_MONTHS: Final = "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
#: Months that nobody is called.
ONLY_MONTHS: Final = _set(
    "january february july september october november december januar februar märz oktober dezember janvier février "
    "juillet août septembre octobre novembre décembre enero febrero septiembre octubre noviembre diciembre января "
    "февраля июля сентября октября ноября декабря ocak şubat temmuz ağustos aralık yanvar fevral sentyabr "
    "oktyabr noyabr "
    "dekabr"
)
#: Small words inside names.
PARTICLES: Final = _set(
    "de da do dos du del della di van von der den het bin ibn bint al el la le ten ter zu af av y e oğlu qızı"
)
#: Between two names.
AND: Final = r"and|und|et|и|ve|və|en|և"
#: The same, which also stands inside names: "Ortega y Gasset".
AND_OR_INSIDE: Final = "y|e"
#: Names that a site gives its first page, or that its maker never changed.
NO_PUBLISHERS: Final = frozenset(
    [
        *(
            "home",
            "homepage",
            "home page",
            "index",
            "untitled",
            "wordpress",
            "my blog",
            "blog",
            "website",
            "my website",
        ),
        *("startseite", "accueil", "inicio", "главная", "ana sayfa", "ana səhifə", "news", "latest news", "الرئيسية"),
        *("首页", "ホーム", "just another wordpress site", "welcome", "untitled document", "new page"),
    ]
)

"""Languages to choose from, each with its own name (Unicode CLDR)."""

from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

_LIST: Final = """
af sq am ar hy az eu be bn bs bg my ca zh hr cs da nl en et fi fr gl ka de el gu he hi hu is id ga it ja kn kk km ko ku
ky lo lv lt mk ms ml mt mr mn ne nb nn no ps fa pl pt pt-BR pa ro ru sr si sk sl so es sw sv tg ta tt te th ti tr tk uk
ur uz vi cy yi
"""
#: Tags (BCP 47) of the languages that newsrooms write and quote in.
TAGS: Final = tuple(_LIST.split())


@cache
def own_name(tag: str) -> str:
    """A language's name in itself, such as "Türkçe"; the tag where CLDR has none."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:] if name else tag


def choices(*, also: str = "") -> list[tuple[str, str]]:
    """Tag and label of each language, by label; ``also`` is added where it is none of them."""
    tags = TAGS if not also or also in TAGS or also == "und" else (*TAGS, also)
    return sorted(((tag, f"{own_name(tag)} ({tag})") for tag in tags), key=lambda pair: pair[1].casefold())

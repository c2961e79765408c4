"""Which claims are in a language that somebody asks for."""

from articles.selectors.readers import query_parser


def spoken(asked: str) -> list[str]:
    """The tags of claims that are in the language ``asked``, a BCP 47 tag in capital or small letters.

    The region is ignored; a different script is a different language where both tags name one.
    """
    return spoken_in(asked, query_parser.languages())


def spoken_in(asked: str, tags: list[str]) -> list[str]:
    """Those of ``tags`` that are in the language ``asked``."""
    return [tag for tag in tags if _speaks(tag, asked)]


def _speaks(tag: str, asked: str) -> bool:
    (language, script), (other, other_script) = _subtags(tag), _subtags(asked)
    return language == other and (not script or not other_script or script == other_script)


def _subtags(tag: str) -> tuple[str, str]:
    """Language and script (RFC 5646: the subtag of four letters, no extension's) in small letters."""
    language, *more = tag.lower().split("-")
    for subtag in more:
        if len(subtag) == 1:
            break
        if len(subtag) == 4 and subtag.isalpha():
            return language, subtag
    return language, ""

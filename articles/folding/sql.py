"""The database's functions for folding, made from the same tables as the folding in Python.

``python -m tools.folding_sql`` writes them to ``articles/sql/folding.sql``; a test compares the file with them.
"""

from articles import folding
from articles.folding import figures

_HEAD = """\
-- Folding, as articles/folding does it. This file is written by `python -m tools.folding_sql`: change the tables in
-- articles/folding, then run it, and add a migration (README.md).

"""
_FOLD = """\
-- A word without accents and other marks: fold() of articles/folding, for words in small letters.
CREATE OR REPLACE FUNCTION factcheck_fold(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE WHEN word ~ '^[\\u0001-\\u007f]*$' THEN word ELSE normalize({after}, NFC)
END
$$;

"""
_PLAIN = """\
-- A text with its digits as 0 to 9, acronyms without dots (U.S. as US), numbers without thousands separators, and a
-- point as the decimal sign. In Turkish and Azerbaijani a small I has no dot, a capital one may.
CREATE OR REPLACE FUNCTION factcheck_plain(language text, words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE WHEN numbers !~ '\\d' THEN numbers
    WHEN split_part(language, '-', 1) IN ({pointed}) THEN regexp_replace(
        numbers,
        '(?<=\\m\\d{{1,3}})(?:[,''\\u0020\\u00a0\\u202f](?=\\d{{3}}\\M)|\\.(?=000\\M|\\d{{3}}\\.\\d{{3}}\\M)|(?<=\\.\\d{{3}})\\.(?=\\d{{3}}\\M))',
        '', 'g')
    ELSE regexp_replace(regexp_replace(
        numbers,
        '(?<=\\m\\d{{1,3}})(?:[.''\\u0020\\u00a0\\u202f](?=\\d{{3}}\\M)|,(?=000\\M|\\d{{3}},\\d{{3}}\\M)|(?<=,\\d{{3}}),(?=\\d{{3}}\\M))',
        '', 'g'), '(?<=\\d),(?=\\d{{1,3}}\\M)', '.', 'g')
    END
FROM (SELECT CASE WHEN digits ~ '\\.[[:alpha:]]'
    THEN regexp_replace(digits, '(?<=\\m[[:alpha:]])\\.(?=[[:alpha:]]\\M)', '', 'g') ELSE digits END AS numbers
FROM (SELECT translate(
    CASE WHEN split_part(language, '-', 1) IN ('az', 'tr') THEN translate(words, 'İI', 'iı') ELSE words END,
    '{digits}', '{plain}'
) AS digits) d) n
$$;

"""
_FIGURES = """\
-- The figures of a plain text that are written with a word or sign: 2400000 for "2.4 million", 30% for "30 percent".
-- The pattern of a language has one group for each power of ten, from thousands to billions (10**12).
CREATE OR REPLACE FUNCTION factcheck_figures(language text, plain text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT trim_scale(f.found[1]::numeric * CASE
    WHEN f.found[2] IS NOT NULL THEN 1000 WHEN f.found[3] IS NOT NULL THEN 1000000
    WHEN f.found[4] IS NOT NULL THEN 1000000000 ELSE 1000000000000 END)::text
FROM regexp_matches(plain, CASE split_part(language, '-', 1)
{cases}
    ELSE '{other}' END, 'gi') AS f (found)
WHERE plain ~ '\\d'
UNION ALL
SELECT trim_scale(coalesce(p.found[1], p.found[2])::numeric)::text || '%'
FROM regexp_matches(
    plain,
    '\\m(\\d{{1,15}}(?:\\.\\d{{1,6}})?)[\\s-]?(?:{percent})(?!\\w)|(?:{before})\\s?(\\d{{1,15}}(?:\\.\\d{{1,6}})?)\\M',
    'gi'
) AS p (found)
WHERE plain ~ '\\d'
$$;
"""


def functions() -> str:
    """The statements that make the functions."""
    apart = f"lower(normalize({_replaced('word')}, NFKD))"
    after = _replaced(f"regexp_replace({apart}, '{_escaped(folding.DROPPED)}', '', 'g')")
    return "".join(
        [
            _HEAD,
            _FOLD.format(after=after),
            _PLAIN.format(
                pointed=", ".join(f"'{tag}'" for tag in figures.WITH_DECIMAL_POINT),
                digits="".join([*figures.DIGITS, *figures.SIGNS]),
                plain="".join(["0123456789" * len(figures.DIGITS), *figures.SIGNS.values()]).replace("'", "''"),
            ),
            _FIGURES.format(
                cases="\n".join(f"    WHEN '{tag}' THEN '{_pattern(words)}'" for tag, words in figures.POWERS.items()),
                other=_pattern({}),
                percent=figures.PERCENT,
                before=figures.PERCENT_BEFORE,
            ),
        ]
    )


def _replaced(expression: str) -> str:
    """The expression with the letters replaced that Unicode does not take apart."""
    single, several = folding.letters()
    for letter, letters in several.items():
        expression = f"replace({expression}, '{letter}', '{letters}')"
    return f"translate({expression}, '{''.join(single)}', '{''.join(single.values())}')"


def _pattern(words: dict[int, str]) -> str:
    """A number with a power of ten: short forms directly behind it, words also after a blank or a hyphen."""
    groups = []
    for power in (3, 6, 9, 12):
        forms = [rf"[\s-]?(?:{words[power]})"] if power in words else []
        forms += [f"(?:{figures.SHORT[power]})"] if power in figures.SHORT else []
        groups.append(f"({'|'.join(forms)})" if forms else "(\\u0000)")
    # The longest of several words counts ("mil millones" before "mil"), because PostgreSQL prefers the longest match.
    return rf"\m(\d{{1,15}}(?:\.\d{{1,6}})?)(?:{'|'.join(groups)})(?!\w)".replace("(\\u0000)", "(\\u0001)")


def _escaped(pattern: str) -> str:
    """A regular expression with all characters outside of ASCII as PostgreSQL escapes them."""
    return "".join(char if char.isascii() else f"\\u{ord(char):04x}" for char in pattern)

"""A figure worked out from two others of the same text: a share, a part, a sum or a difference."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from lib.stated.figures import NUMBER, PERCENT, Figure, fits

#: So many figures before the one in question are tried as what it follows from.
MAX_OTHERS = 8
#: A figure with fewer digits than this that count fits by chance.
MIN_DIGITS = 2


def worked_out(figure: Figure, others: Sequence[Figure]) -> str:
    """The sum in words, or nothing. ``others`` are figures near by; those with one digit, and years, take no part."""
    if figure.kind not in (NUMBER, PERCENT) or _digits(figure) < MIN_DIGITS:
        return ""
    known = {(one.kind, one.value): one for one in others if one.value != figure.value}
    near = [one for one in known.values() if one.kind == PERCENT or (one.kind == NUMBER and _digits(one) >= MIN_DIGITS)]
    near = near[-MAX_OTHERS:]
    return next(_percentage(figure, near) if figure.kind == PERCENT else _amount(figure, near), "")


def _percentage(figure: Figure, near: Sequence[Figure]) -> Iterator[str]:
    plain = [one for one in near if one.kind == NUMBER]
    for part, whole in permutations(plain, 2):
        if whole.value and 0 < part.value < whole.value and fits(share := 100 * part.value / whole.value, figure):
            yield f"{_bare(part)} ÷ {_bare(whole)} = {share:.{figure.decimals + 1}f} %"


def _amount(figure: Figure, near: Sequence[Figure]) -> Iterator[str]:
    for share in (one for one in near if one.kind == PERCENT):
        for whole in (one for one in near if one.kind == NUMBER):
            if fits(part := share.value * whole.value / 100, figure) and _digits(figure) > MIN_DIGITS:
                yield f"{share.value:g} % of {_bare(whole)} = {_number(part)}"
    plain = [one for one in near if one.kind == NUMBER]
    for first, second in permutations(plain, 2):
        if first.start < second.start and first.value + second.value == figure.value:
            yield f"{_bare(first)} + {_bare(second)} = {_number(figure.value)}"
        if first.value > second.value and first.value - second.value == figure.value:
            yield f"{_bare(first)} − {_bare(second)} = {_number(figure.value)}"


def _digits(figure: Figure) -> int:
    """How many digits of the number count: 4 of 13.62, 3 of 11,800."""
    written = f"{figure.value:.{figure.decimals}f}".replace(".", "").lstrip("0")
    return len(written) if figure.decimals else len(written.rstrip("0"))


def _bare(figure: Figure) -> str:
    return _number(figure.value)


def _number(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".")

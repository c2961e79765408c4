"""Places of a chart in per cent of its width."""


def per_cent(value: float) -> str:
    """A place or a length as SVG writes it."""
    return f"{value:.3f}%"


def across(x: float, width: float = 0, *, is_rtl: bool) -> str:
    """Where something ``width`` wide begins whose side nearest to the start of the line is at ``x``."""
    return per_cent(100 - x - width if is_rtl else x)

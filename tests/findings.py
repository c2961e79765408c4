"""For a test that looks at many things of one kind: it collects what is wrong and names all of it at once."""

from collections.abc import Iterable


def assert_none(found: Iterable[str]) -> None:
    """Fail with every finding, one a line, if there are any."""
    findings = list(found)
    assert not findings, f"{len(findings)} found:\n" + "\n".join(findings)

"""Why an act was refused: a stable ``code`` for programs and a sentence that can be shown to an editor.

A service raises one of these before it writes anything, or rolls back what it wrote. Pages and the API decide how to
show them.
"""

from typing import Self


class RefusedError(Exception):
    """An act was refused and nothing was changed. ``code`` replaces the code of the class for one instance."""

    code = "refused"

    def __init__(self, text: str, *, code: str = "") -> None:
        if code:
            self.code = code
        super().__init__(text)


class NotAllowedError(RefusedError):
    """This person, or this key, may not do this."""

    code = "not_allowed"

    @classmethod
    def for_(cls, refusal: str, *, groups: str = "") -> Self:
        """The sentence ``refusal``, followed by the sentence ``groups`` that names those who may do it."""
        return cls(f"{refusal} {groups}".rstrip())


class StaleError(RefusedError):
    """Somebody else's change came first. ``current`` is the version that is stored now."""

    code = "stale"
    #: In English; whoever shows it translates it.
    TEXT = (
        "Somebody else saved a change first, so nothing of yours was saved. Look at the newest version and try again."
    )

    def __init__(self, *, current: int) -> None:
        self.current = current
        super().__init__(self.TEXT)


class NotNowError(RefusedError):
    """Not possible in the present state. It may be later: after ``retry_after`` seconds where that is known."""

    code = "not_now"

    def __init__(self, text: str, *, code: str = "", retry_after: int | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(text, code=code)

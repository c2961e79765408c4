"""Why a review, or a whole file, was not taken."""


class RowError(Exception):
    """One review is refused. ``code`` is stable for programs; the text is for people."""

    def __init__(self, code: str, detail: str) -> None:
        self.code = code
        super().__init__(detail)


class NothingReadableError(Exception):
    """There is no review to be found in what was given."""

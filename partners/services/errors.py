"""What is refused about partners, in words fit to be shown."""


class RefusedError(Exception):
    """The act is refused; ``code`` is for programs, the text for people. Nothing was written."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class NotNowError(RefusedError):
    """As things are now it is not possible; in another state, or after ``retry_after`` seconds, it may be."""

    def __init__(self, code: str, text: str, *, retry_after: int | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(code, text)


class StaleError(RefusedError):
    """Somebody else changed it first; ``current`` is the version it has now."""

    def __init__(self, *, current: int) -> None:
        self.current = current
        super().__init__("stale", "Somebody else saved a change first, so nothing was saved. Look at it again.")


class NotAllowedError(RefusedError):
    """The person, or the key, may not do this."""

    def __init__(self) -> None:
        super().__init__("not_allowed", "You may not manage partners, their keys and their endpoints.")

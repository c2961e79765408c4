"""What is refused about partners, in words fit to be shown."""


class RefusedError(Exception):
    """The act is refused; ``code`` is for programs, the text for people. Nothing was written."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class NotAllowedError(RefusedError):
    """The person may not do this."""

    def __init__(self) -> None:
        super().__init__("not_allowed", "You may not manage partners, their keys and their endpoints.")

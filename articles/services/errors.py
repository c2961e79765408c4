"""What services raise. Each text is fit to be shown to an editor; ``code`` is stable for programs."""

from collections.abc import Sequence

from articles.workflow import Unmet


class RefusedError(Exception):
    """An act was refused and nothing was changed."""

    code = "refused"


class NotAllowedError(RefusedError):
    """This person may not do this."""

    code = "not_allowed"


class StaleError(RefusedError):
    """Somebody else's change came first. ``current`` is the version that is there now."""

    code = "stale"

    def __init__(self, *, current: int) -> None:
        self.current = current
        super().__init__("Somebody else saved a change first. Nothing of yours was saved yet: compare and save again.")


class WrongStageError(RefusedError):
    """The stage the object is in does not allow this act. ``stage`` is the one that was found."""

    code = "wrong_stage"

    def __init__(self, text: str, *, stage: str) -> None:
        self.stage = stage
        super().__init__(text)


class GuardsUnmetError(RefusedError):
    """A step's conditions do not hold; ``unmet`` names each of them."""

    code = "guards_unmet"

    def __init__(self, unmet: Sequence[Unmet]) -> None:
        self.unmet = list(unmet)
        super().__init__(" ".join(item.text for item in unmet))

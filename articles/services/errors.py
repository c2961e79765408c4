"""Refusals that need the life cycle of a claim. All others are in ``lib.refusals``."""

from collections.abc import Sequence
from uuid import UUID

from articles.guards import Unmet
from lib.refusals import NotNowError


class WrongStageError(NotNowError):
    """The stage the object is in does not allow this act. ``stage`` is the one that was found."""

    code = "wrong_stage"

    def __init__(self, text: str, *, stage: str) -> None:
        self.stage = stage
        super().__init__(text)


class ReferenceTakenError(NotNowError):
    """Another row of the kind has this reference; ``existing`` is its id."""

    code = "reference_taken"

    def __init__(self, text: str, *, existing: UUID) -> None:
        self.existing = existing
        super().__init__(text)


class GuardsUnmetError(NotNowError):
    """A step's conditions do not hold; ``unmet`` names each of them."""

    code = "guards_unmet"

    def __init__(self, unmet: Sequence[Unmet]) -> None:
        self.unmet = list(unmet)
        super().__init__(" ".join(item.text for item in unmet))

"""The forms of a card, and where its parts stand."""

from dataclasses import dataclass
from typing import Final

#: Left, top, right and bottom, in pixels.
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Form:
    """A card of ``width`` by ``height`` pixels with a slip in its middle; ``scale`` is that of its letters.

    ``top`` is where the slip begins, if not in the middle. ``picture`` is the place of the claim's picture where lines
    run from left to right.
    """

    width: int
    height: int
    slip: tuple[int, int]
    margin: int
    scale: float
    top: int | None = None
    picture: Box | None = None

    @property
    def slip_at(self) -> tuple[int, int]:
        """The left upper corner of the slip."""
        above = (self.height - self.slip[1]) // 2 if self.top is None else self.top
        return (self.width - self.slip[0]) // 2, above

    def place(self, *, mirrored: bool) -> Box | None:
        """Where the claim's picture stands."""
        if self.picture is None or not mirrored:
            return self.picture
        left, top, right, bottom = self.picture
        return self.width - right, top, self.width - left, bottom

    def sizes(self, *sizes: int) -> tuple[int, ...]:
        """Sizes of letters on the smallest slip, on this one."""
        return tuple(round(size * self.scale) for size in sizes)


FORMS: Final[dict[str, Form]] = {
    "": Form(1200, 630, (630, 630), 42, 1.0),
    "square": Form(1080, 1080, (940, 940), 64, 1.45),
    "portrait": Form(1080, 1350, (940, 1190), 64, 1.55),
}
#: The same with the claim's picture: at the end of the line, or above.
FORMS_WITH_PICTURE: Final[dict[str, Form]] = {
    "": Form(1200, 630, (630, 630), 42, 1.0, picture=(915, 0, 1200, 630)),
    "square": Form(1080, 1080, (940, 690), 50, 1.16, top=350, picture=(0, 0, 1080, 315)),
    "portrait": Form(1080, 1350, (940, 770), 52, 1.3, top=490, picture=(0, 0, 1080, 450)),
}

"""What is known of a screenshot stands below it and never on it."""

import pytest
from PIL import Image, ImageChops

from lib.pictures import stamping

LINES = ("example.org/minutes/4", "2026-03-03 14:05 UTC · SHA-256 3f9a1b2c4d5e6f70")


@pytest.mark.parametrize("size", [(1280, 720), (640, 100), (1280, 8000), (2560, 1440)])
def test_the_image_itself_is_unchanged_and_the_words_are_below_it(size: tuple[int, int]) -> None:
    image = Image.effect_noise(size, 60).convert("RGB")
    made = stamping.stamped(image, LINES)
    assert made.width == size[0]
    assert made.crop((0, 0, *size)).tobytes() == image.tobytes()
    strip = made.crop((0, size[1] + 8, made.width, made.height))
    inked = ImageChops.difference(strip, Image.new("RGB", strip.size, stamping._GROUND)).getbbox()
    assert inked is not None
    assert inked[0] > 0
    assert inked[2] < strip.width
    assert inked[3] < strip.height


def test_a_narrow_image_stands_in_the_middle_of_a_wider_one() -> None:
    made = stamping.stamped(Image.new("RGB", (100, 300), "red"), LINES)
    assert made.width == 640
    assert made.getpixel((320, 150)) == (255, 0, 0)
    assert made.getpixel((200, 150)) == stamping._GROUND


def test_a_long_address_is_cut_and_does_not_push_anything_out() -> None:
    short = stamping.stamped(Image.new("RGB", (800, 300)), LINES)
    long = stamping.stamped(Image.new("RGB", (800, 300)), ("example.org/" + "a" * 3000, LINES[1]))
    assert long.height - short.height <= short.height - 300


def test_letters_that_no_font_has_are_an_error() -> None:
    with pytest.raises(ValueError, match="No font"):
        stamping.stamped(Image.new("RGB", (800, 300)), ("新桥",))

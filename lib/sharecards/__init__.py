"""A claim as a picture, for where links are shared: the statement, who said it, the verdict with its sign, the outlet.

Pure: words in, PNG bytes out. The caller decides what a card says, and in which language.
"""

from lib.sharecards.drawing import HEIGHT, WIDTH, Card, draw

__all__ = ["HEIGHT", "WIDTH", "Card", "draw"]

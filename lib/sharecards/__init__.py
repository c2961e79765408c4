"""A claim as a picture, for where links are shared: the claim, who said it, the verdict with its sign, the finding.

Pure: words in, PNG bytes out. The caller decides what a card says, and in which language.
"""

from lib.sharecards.drawing import Card, draw
from lib.sharecards.forms import FORMS, Form
from lib.sharecards.pictures import WHOLE, CardPicture

__all__ = ["FORMS", "WHOLE", "Card", "CardPicture", "Form", "draw"]

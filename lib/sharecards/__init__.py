"""A claim as a picture, for where links are shared: the claim, who said it, the verdict with its sign, the finding.

Pure: words in, PNG bytes out. The caller decides what a card says, and in which language.
"""

from lib.sharecards.drawing import FORMS, Card, Form, draw

__all__ = ["FORMS", "Card", "Form", "draw"]

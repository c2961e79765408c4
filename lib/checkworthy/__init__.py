"""Which sentences of an article may be worth checking, why, who says so, and what in it disagrees. Pure functions.

``suggest`` is the main call.
"""

from lib.checkworthy.suggestions import Report, Suggestion, key, suggest

__all__ = ["Report", "Suggestion", "key", "suggest"]

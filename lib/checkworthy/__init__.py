"""Which sentences of an article may be worth checking, why, who says so, and what in it disagrees. Pure functions.

``suggest`` is the main call.
"""

from lib.checkworthy.names import Named
from lib.checkworthy.suggestions import Report, Suggestion, key, speaker_at, suggest

__all__ = ["Named", "Report", "Suggestion", "key", "speaker_at", "suggest"]

"""Which sentences of an article may be worth checking, why, who says so, and what in it disagrees. Pure functions.

``suggest`` is the door; ``ranking.Ranker`` is where a better ranker goes in.
"""

from lib.checkworthy.names import Named
from lib.checkworthy.ranking import Candidate, Ranker, Rules
from lib.checkworthy.suggestions import Report, Suggestion, key, speaker_at, suggest

__all__ = ["Candidate", "Named", "Ranker", "Report", "Rules", "Suggestion", "key", "speaker_at", "suggest"]

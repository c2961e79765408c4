"""Topics of published claims. A topic is the words an editor wrote; it lives as long as a claim names it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from articles.models import PublishedClaim
from articles.selectors.readers import merges, prepared
from articles.selectors.readers.connection import ALIAS

#: "Recently" is this many of the newest records: counting them costs the same for any log.
LATELY = 500
#: So many days, today's included, are added up for the most-read topics.
READ_DAYS = 7

# Only of the first few it is asked whether a claim still names them: topics are renamed, and claims retracted.
_MOST_READ = """
SELECT topic FROM (
    SELECT topic, sum(minutes) AS minutes FROM articles_topicreading WHERE day > %s AND day <= %s
    GROUP BY topic ORDER BY minutes DESC, topic LIMIT 4 * {size}
) read
WHERE EXISTS (
    SELECT FROM articles_publishedclaim
    WHERE topics @> ARRAY[topic]::varchar[] AND NOT is_retracted AND original_id IS NULL
)
ORDER BY minutes DESC, topic LIMIT {size}
"""

# Each claim once, also where its record names two spellings of what is one topic now.
_TOPICS = """
SELECT coalesce(merged.stays, spelled.name), count(DISTINCT claim.claim_id)
FROM articles_publishedclaim claim CROSS JOIN LATERAL unnest(claim.topics) AS spelled (name)
LEFT JOIN articles_publishedmerge merged ON merged.kind = 'topic' AND merged.gone = spelled.name
WHERE claim.original_id IS NULL GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and how many of the claims looked at name it."""

    name: str
    count: int


def topics() -> list[Topic]:
    """Every topic with how many published claims name it, in the order of the alphabet. Reads every claim's row."""
    counted = [Topic(*row) for row in prepared.rows(_TOPICS)]
    return sorted(counted, key=lambda topic: topic.name.casefold())


def lately(size: int, tags: Sequence[str] = ()) -> list[Topic]:
    """The topics that most of the newest ``LATELY`` checks are about, most first, the more recent one on a tie.

    With ``tags``, of checks in these languages.
    """
    newest = PublishedClaim.objects.using(ALIAS).not_retracted().order_by("-record_id")
    newest = newest.filter(language__in=tags) if tags else newest.originals()
    counts: dict[str, int] = {}
    shown = merges.topic_spellings()
    for names in newest.values_list("topics", flat=True)[:LATELY]:
        for name in dict.fromkeys(shown.get(name, name) for name in names):
            counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])  # stable: what was met first is more recent
    return [Topic(name, count) for name, count in ranked[:size]]


def most_read(size: int, *, today: date) -> list[str]:
    """The topics that were read about in most minutes of the last ``READ_DAYS`` days, most first.

    Those that no standing check is about any more are left out.
    """
    rows = prepared.rows(_MOST_READ.format(size=int(size)), today - timedelta(days=READ_DAYS), today)
    return [topic for (topic,) in rows]

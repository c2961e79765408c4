"""Topics of published claims. A topic is the words an editor wrote; it lives as long as a claim names it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Func

from articles.models import PublishedClaim
from articles.selectors.readers import prepared
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


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and how many of the claims looked at name it."""

    name: str
    count: int


def topics() -> list[Topic]:
    """Every topic with how many published claims name it, in the order of the alphabet. Reads every claim's row."""
    rows = PublishedClaim.objects.using(ALIAS).originals().order_by()
    counted = rows.annotate(name=Func(F("topics"), function="unnest")).values("name").annotate(n=Count("pk"))
    return sorted((Topic(row["name"], row["n"]) for row in counted), key=lambda topic: topic.name.casefold())


def lately(size: int) -> list[Topic]:
    """The topics that most of the newest ``LATELY`` checks are about, most first, the more recent one on a tie."""
    newest = PublishedClaim.objects.using(ALIAS).not_retracted().originals().order_by("-record_id")
    counts: dict[str, int] = {}
    for names in newest.values_list("topics", flat=True)[:LATELY]:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])  # stable: what was met first is more recent
    return [Topic(name, count) for name, count in ranked[:size]]


def most_read(size: int, *, today: date) -> list[str]:
    """The topics that were read about in most minutes of the last ``READ_DAYS`` days, most first.

    Those that no standing check is about any more are left out.
    """
    rows = prepared.rows(_MOST_READ.format(size=int(size)), today - timedelta(days=READ_DAYS), today)
    return [topic for (topic,) in rows]

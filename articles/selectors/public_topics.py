"""Topics of published claims. A topic is the words an editor wrote; it lives as long as a claim names it."""

from dataclasses import dataclass

from django.db.models import Count, F, Func

from articles.models import PublishedClaim
from articles.selectors.public import PLANE

#: "Of late" is this many of the newest records: counting them costs the same whatever the log has grown to.
LATELY = 500


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and how many of the claims looked at name it."""

    name: str
    count: int


def topics() -> list[Topic]:
    """Every topic with how many published claims name it, in the order of the alphabet. Reads every claim's row."""
    rows = PublishedClaim.objects.using(PLANE).originals().order_by()
    counted = rows.annotate(name=Func(F("topics"), function="unnest")).values("name").annotate(n=Count("pk"))
    return sorted((Topic(row["name"], row["n"]) for row in counted), key=lambda topic: topic.name.casefold())


def lately(size: int) -> list[Topic]:
    """The topics that most of the newest ``LATELY`` checks are about, most first, the more recent one on a tie."""
    newest = PublishedClaim.objects.using(PLANE).standing().originals().order_by("-record_id")
    counts: dict[str, int] = {}
    for names in newest.values_list("topics", flat=True)[:LATELY]:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])  # stable: what was met first is more recent
    return [Topic(name, count) for name, count in ranked[:size]]

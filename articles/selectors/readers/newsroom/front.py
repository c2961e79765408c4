"""What the front page follows from: the log, and the claim that an editor put at its top."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from articles.models import PublishedClaim
from articles.selectors.readers import prepared, published
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.published import LogHead
from articles.selectors.readers.scale import edited_words


@dataclass(frozen=True, slots=True)
class FrontState:
    """The head of the log, and the pinned claim: None where none is pinned, its day has passed, or it was retracted."""

    head: LogHead
    pinned: UUID | None

    @property
    def names(self) -> tuple[bytes, str]:
        """What the page is named by."""
        return self.head.state, str(self.pinned or "")


_STATE = f"""
SELECT {edited_words.STAMP}, epoch, seq, root, coalesce(merged.last, 0), (
    SELECT pin.claim_id FROM articles_frontpin pin JOIN articles_publishedclaim c ON c.claim_id = pin.claim_id
    WHERE pin.language = %s AND pin.until >= %s AND NOT c.is_retracted
)
FROM articles_head CROSS JOIN (SELECT max(id) AS last FROM articles_publishedmerge) merged WHERE articles_head.id = 1
"""  # noqa: S608


def state(language: str, *, today: date) -> FrontState:
    """The state of the front page in a language of the site, on the day ``today``, in one statement."""
    found = prepared.row(_STATE, language, today)
    assert found is not None, "the migrations put it there"  # noqa: S101
    edited_words.follow(found[0])
    return FrontState(published.LogHead(*found[1:5]), found[5])


def with_lead(rows: list[PublishedClaim], pinned: UUID | None, *, size: int) -> list[PublishedClaim]:
    """``size`` of the claims ``rows``; first the pinned one, or else the first of them that was not retracted."""
    lead = [row for row in rows if (row.claim_id == pinned if pinned else not row.is_retracted)][:1]
    if pinned and not lead:
        lead = list(PublishedClaim.objects.using(ALIAS).defer("search").filter(pk=pinned).select_related("record"))
    return [*lead, *(row for row in rows if row not in lead)][:size]

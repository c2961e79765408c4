"""Published claims that say what a text says, for readers and partners: on the readers' connection alone.

Open claims can never be found here: the readers' role may not read their tables.
"""

from collections.abc import Sequence
from uuid import UUID

from articles.selectors.matching import matches
from articles.selectors.matching.findings import Findings
from articles.selectors.readers.connection import ALIAS

MAX_TEXT = matches.MAX_TEXT
MAX_LIMIT = matches.MAX_LIMIT


def find_matches(
    *,
    text: str,
    language: str = "",
    limit: int = 5,
    claimant: str = "",
    context: str = "",
    exclude: Sequence[UUID] = (),
) -> Findings:
    """The published claims most like ``text``, in two groups. For the meaning of the rest see the desk's
    ``find_matches``. Raises ``ValidationError`` as that does.
    """
    asked = matches.question(text=text, claimant=claimant, context=context, exclude=exclude)
    return matches.run(ALIAS, ["published"], asked, language=language, limit=limit)

"""The newsroom's own translations of ratings, read once for each change of them and process."""

from articles import rating_words
from articles.selectors.readers import prepared

#: A text that is another one after each change of a translation. Statements that every request runs ask for it, so that
#: knowing of a change costs no statement. A sum sees also changes that are committed out of their order.
STAMP = "(SELECT coalesce(sum(version), 0) || '/' || coalesce(max(id), 0) FROM articles_ratingtranslation)"


def follow(stamp: str) -> None:
    """Go by the translations under ``stamp``, which the database has just given."""
    rating_words.follow(stamp, _load)


def _load() -> rating_words.Edited:
    rows = prepared.rows("SELECT language, words, said FROM articles_ratingtranslation WHERE said <> ''")
    return {(language, words): said for language, words, said in rows}

"""Columns as search compares them: expressions for queries, and for the indexes that answer them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection
from django.db.models import Func, TextField


class Folded(Func):
    """The words of one or several text columns, folded in the database as ``fold`` does it in Python."""

    template = "factcheck_fold(lower(%(expressions)s))"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class FoldedMarkup(Folded):
    """The same for HTML: its tags are no words."""

    template = "factcheck_fold(lower(regexp_replace(%(expressions)s, '<[^>]*>', ' ', 'g')))"
    arity = 1


def folded_index(expression: Folded, *, name: str) -> GinIndex:
    """An index of trigrams by which the words of ``expression`` are found, also when they are misspelt.

    The database stores the folded words in it: rebuild it (``REINDEX``) when ``factcheck_fold`` changes.
    """
    return GinIndex(OpClass(expression, name="gin_trgm_ops"), name=name)


def set_likeness(least: float) -> None:
    """How alike words are that ``trigram_word_similar`` finds (0 to 1), until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(least)])

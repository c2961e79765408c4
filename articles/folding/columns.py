"""Columns as search compares them: expressions for queries, and for the indexes that answer them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
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

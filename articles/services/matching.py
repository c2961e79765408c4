"""The words of claims are kept by triggers (``0008_matching``); here they are made again if anybody broke them."""

from django.db import connection, transaction

from articles.models import Lexeme, Posting, PublishedLexeme, PublishedPosting, PublishedWord
from articles.services import projection_versions

#: Raise it with each change after which the index of open claims has other words; see ``manage.py upgrade``.
VERSION = 1


def clear_published_index() -> None:
    """Delete the index of published claims. Rebuilding those claims also rebuilds it."""
    PublishedPosting.objects.all().delete()
    PublishedLexeme.objects.all().delete()
    PublishedWord.objects.all().delete()


def rebuild_open() -> int:
    """Rebuild the index of open claims; returns how many have entries. Saving a claim waits meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_claim IN SHARE ROW EXCLUSIVE MODE")
        Posting.objects.all().delete()
        Lexeme.objects.all().delete()
        cursor.execute("SELECT factcheck_post_open(ARRAY(SELECT id FROM articles_claim))")
        cursor.execute("SELECT count(DISTINCT claim_id) FROM articles_posting")
        (count,) = cursor.fetchone()
        projection_versions.record("matching", VERSION)
    return int(count)

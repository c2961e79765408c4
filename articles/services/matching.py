"""The words of claims are kept by triggers (``0008_matching``); here they are made again if anybody broke them."""

from django.db import connection, transaction

from articles.models import Lexeme, Posting, PublishedLexeme, PublishedPosting, PublishedWord


def clear_published_index() -> None:
    """Empty the words of published claims; whoever makes those claims again makes their words with them."""
    PublishedPosting.objects.all().delete()
    PublishedLexeme.objects.all().delete()
    PublishedWord.objects.all().delete()


def rebuild_open() -> int:
    """Make the words of open claims again; returns how many claims have some. Whoever saves a claim meanwhile waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_claim IN SHARE ROW EXCLUSIVE MODE")
        Posting.objects.all().delete()
        Lexeme.objects.all().delete()
        cursor.execute("SELECT factcheck_post_open(ARRAY(SELECT id FROM articles_claim))")
        cursor.execute("SELECT count(DISTINCT claim_id) FROM articles_posting")
        (count,) = cursor.fetchone()
    return int(count)

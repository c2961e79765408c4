"""The words of claims, by which claims that say the same are found. Kept by triggers, derived from the claims alone.

There are two collections that never mix: the open claims of the desk, and the published ones. Readers may SELECT the
second. Languages are primary subtags of BCP 47 (``en`` for ``en-GB``): words of different languages do not meet.
"""

from django.db import models


class WordCount(models.Model):
    """In how many claims a word occurs, as rows whose sum counts: so no writer waits for another.

    The word ``""`` counts all claims of the language.
    """

    id = models.BigAutoField(primary_key=True)
    language = models.TextField()
    lexeme = models.TextField()
    ndoc = models.IntegerField(help_text="How many claims hold it; negative where claims lost it.")
    words = models.IntegerField(help_text="How often it stands in them in all.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.language}:{self.lexeme} {self.ndoc:+}"


class WordPosting(models.Model):
    """A word occurs in a claim ``tf`` times, among ``len`` words in total."""

    pk = models.CompositePrimaryKey("language", "lexeme", "claim_id")
    language = models.TextField()
    lexeme = models.TextField()
    claim_id = models.UUIDField()
    tf = models.SmallIntegerField()
    len = models.SmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.language}:{self.lexeme} in {self.claim_id}"


class Lexeme(WordCount):
    """Words of open claims."""

    class Meta:
        indexes = [models.Index(fields=["language", "lexeme"], include=["ndoc", "words"], name="lexeme_counted")]


class Posting(WordPosting):
    """Open claims by word. The primary key holds ``tf`` and ``len`` as well, so that a search reads it alone."""

    class Meta:
        indexes = [models.Index(fields=["claim_id"], name="posting_by_claim")]


class PublishedLexeme(WordCount):
    """Words of published claims."""

    class Meta:
        indexes = [
            models.Index(fields=["language", "lexeme"], include=["ndoc", "words"], name="published_lexeme_counted")
        ]


class PublishedPosting(WordPosting):
    """Published claims by word."""

    class Meta:
        indexes = [models.Index(fields=["claim_id"], name="published_posting_by_claim")]


class Vector(models.Model):
    """The meaning of a claim's text (``lib.encoding``). Made by the worker, from the claim alone."""

    claim_id = models.UUIDField(primary_key=True)
    encoder = models.TextField(help_text="Its name: vectors of two encoders are never compared.")
    origin = models.BigIntegerField(help_text="Of what it was made: the claim's version, or its record.")
    stamp = models.BigIntegerField(help_text="Counts up with each vector that is written: processes read what is new.")
    numbers = models.BinaryField(help_text="Of unit length, as 16-bit floating point numbers, little-endian.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.claim_id} by {self.encoder}"


class OpenVector(Vector):
    """Open claims by meaning."""

    class Meta:
        indexes = [models.Index(fields=["stamp"], name="open_vector_by_stamp")]


class PublishedVector(Vector):
    """Published claims by meaning."""

    class Meta:
        indexes = [
            models.Index(fields=["stamp"], name="published_vector_by_stamp"),
            models.Index(fields=["encoder", "origin"], name="published_vector_by_record"),
        ]


#: What is derived from the desk's claims by triggers: it has no history, because theirs is its own.
MATCHING_MODELS: tuple[type[models.Model], ...] = (Lexeme, Posting, OpenVector)

"""What is left of each limit."""

from django.db import models


class Bucket(models.Model):
    """A token bucket: ``tokens`` were left at ``at``. Filled up by the function that takes from it, in one statement.

    The table is not logged: after a crash of the database it is empty, which means every bucket is full.
    """

    key = models.TextField(primary_key=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key

"""What is read about: by topic and day, never by reader or page."""

from django.db import models


class TopicReading(models.Model):
    """In how many minutes of a day a page about a topic was wanted, added up over pages (``services.reading``).

    Nothing here says who it was, how many they were, or which page. Rows of some weeks ago are deleted.
    """

    day = models.DateField(help_text="In the newsroom's time zone.")
    topic = models.CharField(max_length=60)
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "topic"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "topic"], name="topic_reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.topic}, {self.day}: {self.minutes}"

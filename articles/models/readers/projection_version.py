"""Which version of the code computed the rows that can be computed again."""

from django.db import models


class ProjectionVersion(models.Model):
    """A set of computed rows, such as the readers' lists, and the version of the code that computed all of them."""

    name = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveIntegerField()
    rebuilt_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

"""The index by which sources are found by a part of their address; made without a lock on the table."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0055_pictures_shown_whole")]

    operations = [
        AddIndexConcurrently(
            "source", GinIndex(OpClass(Upper("url"), name="gin_trgm_ops"), name="source_by_part_of_address")
        ),
    ]

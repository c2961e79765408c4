"""The addresses of claims that were published before the column was there.

A thousand claims at a time: readers and editors go on, and each portion locks its own rows for a moment.
"""

import json
from typing import Any

from django.db import migrations

from articles import address_keys

_PORTION = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    """Put down the keys of each claim that is not retracted, from its newest record."""
    claims = apps.get_model("articles", "PublishedClaim").objects.filter(is_retracted=False).order_by("claim_id")
    last = None
    while portion := list((claims.filter(claim_id__gt=last) if last else claims).select_related("record")[:_PORTION]):
        for claim in portion:
            claim.addresses = address_keys.keys_of(json.loads(bytes(claim.record.body)))
        claims.model.objects.bulk_update([claim for claim in portion if claim.addresses], ["addresses"])
        last = portion[-1].claim_id


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0029_claim_addresses"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

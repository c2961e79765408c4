"""Names get their folded key, and topics that differ by case, accents or blanks alone become one.

The oldest spelling stays. Records keep their bytes: a spelling that is public leads to the one that stays.
"""

from django.db import migrations

from articles.folding import name_key

REASON = "One spelling for each topic"


def fold_names(apps, editor):
    """Set the key of claimants and sources. It says nothing new, so neither version nor history notes it."""
    for name, column in (("Claimant", "name"), ("Source", "title")):
        model = apps.get_model("articles", name)
        table = model._meta.db_table
        editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for row in model.objects.only(column).iterator():
            model.objects.filter(pk=row.pk).update(folded=name_key(getattr(row, column)))
        editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def settle_topics(apps, editor):
    """Enter each topic under its oldest spelling; claims and public spellings follow."""
    Claim, Topic = apps.get_model("articles", "Claim"), apps.get_model("articles", "Topic")
    claims = list(Claim.objects.order_by("created_at", "pk").only("topics", "created_by", "created_at", "version"))
    public = _public_spellings(apps)
    topics = {}
    for claim in claims:
        for name in [*claim.topics, *public.get(claim.pk, ())]:
            shown, key = " ".join(name.split()), name_key(name)
            if key and key not in topics:
                made = {"created_by_id": claim.created_by_id, "created_at": claim.created_at}
                topics[key] = Topic(name=shown, folded=key, **made)
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.surface', 'command', true)")
        cursor.execute("SELECT set_config('factcheck.reason', %s, true)", [REASON])
    Topic.objects.bulk_create(topics.values())
    shown = {key: topic.name for key, topic in topics.items()}
    for claim in claims:
        settled = list(dict.fromkeys(shown.get(name_key(name), name) for name in claim.topics))
        if settled != claim.topics:
            Claim.objects.filter(pk=claim.pk).update(topics=settled, version=claim.version + 1)
    _lead_on(apps, {name for names in public.values() for name in names}, topics)


def _public_spellings(apps):
    found = {}
    for model in ("PublishedClaim", "PublishedCorrection"):
        for claim_id, names in apps.get_model("articles", model).objects.values_list("claim_id", "topics"):
            found.setdefault(claim_id, {}).update(dict.fromkeys(names))
    return found


def _lead_on(apps, spellings, topics):
    merge = apps.get_model("articles", "PublishedMerge")
    rows = []
    for name in sorted(spellings):
        topic = topics.get(name_key(name))
        if topic is not None and topic.name != name:
            rows.append(merge(kind="topic", gone=name, stays=topic.name, at=topic.created_at))
    merge.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_merges")]

    operations = [
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(settle_topics, migrations.RunPython.noop),
    ]

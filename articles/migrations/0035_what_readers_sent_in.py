from django.db import migrations

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("articles", "0034_cosignatures")]

    operations = [migrations.RunSQL(read_sql("articles", "sent_in"), migrations.RunSQL.noop)]

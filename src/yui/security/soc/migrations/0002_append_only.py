"""Times of incidents and the custody of evidence can be added, never rewritten."""

from django.db import migrations

from yui.kernel.migrating.append_only import ALWAYS, append_only


class Migration(migrations.Migration):
    dependencies = [("soc", "0001_initial")]

    operations = [append_only({"soc_incidentmoment": ALWAYS, "soc_custodyentry": ALWAYS})]

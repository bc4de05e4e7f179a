"""Editions and their files are added, never rewritten."""

from django.db import migrations

from yui.kernel.migrating.append_only import ALWAYS, append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [append_only({"reports_edition": ALWAYS, "reports_editionfile": ALWAYS})]

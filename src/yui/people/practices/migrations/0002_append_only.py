"""What stays as it was: published versions and their figures, steps, and baselines."""

from django.db import migrations

from yui.kernel.migrating.append_only import ALWAYS, append_only

PUBLISHED_VERSION = "OLD.published_at IS NOT NULL"
PUBLISHED_FIGURE = (
    "(SELECT published_at FROM practices_practiceversion WHERE id = OLD.version_id) IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    operations = [
        append_only(
            {
                "practices_adoptionstep": ALWAYS,
                "practices_practiceversion": PUBLISHED_VERSION,
                "practices_practiceeffect": PUBLISHED_FIGURE,
                "practices_proposalstep": ALWAYS,
                "practices_proposalbaseline": ALWAYS,
            }
        )
    ]

"""The wards and joint bodies exist in every installation from the first migration on."""

from django.db import migrations

from yui.organisations.official_codes import ORGANISATIONS


def create_organisations(apps, schema_editor):
    organisation_model = apps.get_model("scope", "Organisation")
    known = set(organisation_model.objects.values_list("code", flat=True))
    organisation_model.objects.bulk_create(
        organisation_model(
            code=official.code,
            kind=official.kind.value,
            name_ja=official.name_ja,
            name_en=official.name_en,
            name_kana=official.name_kana,
            sort_order=official.sort_order,
        )
        for official in ORGANISATIONS
        if official.code not in known
    )


class Migration(migrations.Migration):
    # Every room with many tables comes after this. The packages that change tables of their own again and
    # again come before it, since each of their changes renders anew whatever stands around a person.
    dependencies = [
        ("django_tasks_database", "0019_rename_django_task_new_ordering_idx_tasks_db_new_ordering_idx_and_more"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("organisations", "0001_initial"),
        ("scope", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [migrations.RunPython(create_organisations, migrations.RunPython.noop)]

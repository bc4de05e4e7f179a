"""Writes the twenty standard business areas."""

from django.db import migrations

AREAS = [
    ("住民基本台帳", "Basic resident register"),
    ("印鑑登録", "Seal registration"),
    ("戸籍", "Family register"),
    ("戸籍の附票", "Supplementary family register"),
    ("選挙人名簿管理", "Electoral roll management"),
    ("固定資産税", "Fixed asset tax"),
    ("個人住民税", "Individual resident tax"),
    ("法人住民税", "Corporate resident tax"),
    ("軽自動車税", "Light motor vehicle tax"),
    ("国民健康保険", "National health insurance"),
    ("国民年金", "National pension"),
    ("後期高齢者医療", "Medical care for the elderly aged 75 and over"),
    ("介護保険", "Long-term care insurance"),
    ("障害者福祉", "Welfare of persons with disabilities"),
    ("生活保護", "Public assistance"),
    ("健康管理", "Health management"),
    ("児童手当", "Child allowance"),
    ("児童扶養手当", "Child rearing allowance"),
    ("子ども・子育て支援", "Child and childcare support"),
    ("就学", "School enrolment"),
]


def write_areas(apps, schema_editor):
    """Create or rename each area by its code, the two-digit place in the list."""
    area = apps.get_model("registry", "StandardBusinessArea")
    for order, (name_ja, name_en) in enumerate(AREAS, start=1):
        area.objects.update_or_create(
            code=f"{order:02d}", defaults={"name_ja": name_ja, "name_en": name_en, "order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(write_areas, migrations.RunPython.noop)]

from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
from django.db import migrations, models

from yui.transition.costs.engine.exact import limbs_of


def cut_amounts(apps, schema_editor):
    """Fill the whole numbers from the texts, and the amortised sums of cloud bills, which equal the effective ones.

    Ledgers are amortised by ``yui costs roll-up``, which reads their payments in the lake.
    """
    monthly, amortised = apps.get_model("costs", "MonthlyCost"), apps.get_model("costs", "AmortisedCost")
    rows = monthly._base_manager.select_related("part__bill").order_by("pk")
    for row in rows.iterator(chunk_size=1000):
        for name in ("billed", "effective"):
            for limb, value in zip(("units", "nano", "atto"), limbs_of(Decimal(getattr(row, name))), strict=True):
                setattr(row, f"{name}_{limb}", value)
        monthly._base_manager.filter(pk=row.pk).update(
            **{f"{name}_{limb}": getattr(row, f"{name}_{limb}") for name in ("billed", "effective") for limb in ("units", "nano", "atto")}
        )
        if row.part.bill.kind != "ledger":
            amortised._base_manager.create(
                organisation_id=row.organisation_id,
                visibility=row.visibility,
                part_id=row.part_id,
                month=row.month,
                system_code=row.system_code,
                cost_category=row.cost_category,
                currency=row.currency,
                rows=row.rows,
                amortised=row.effective,
                amortised_units=row.effective_units,
                amortised_nano=row.effective_nano,
                amortised_atto=row.effective_atto,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('costs', '0001_initial'),
        ('scope', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='monthlycost',
            name='billed_atto',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='monthlycost',
            name='billed_nano',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='monthlycost',
            name='billed_units',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='monthlycost',
            name='effective_atto',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='monthlycost',
            name='effective_nano',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='monthlycost',
            name='effective_units',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name='AmortisedCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('month', models.CharField(max_length=7, verbose_name='月')),
                ('system_code', models.CharField(blank=True, max_length=80, verbose_name='システム')),
                ('cost_category', models.CharField(choices=[('cloud', 'クラウド利用料'), ('line', '通信回線'), ('operation', '運用管理補助'), ('software', 'ソフトウェア利用・保守'), ('data_link', 'データ連携'), ('other', 'その他')], max_length=12, verbose_name='経費区分')),
                ('currency', models.CharField(max_length=3, verbose_name='通貨')),
                ('rows', models.BigIntegerField(verbose_name='行数')),
                ('amortised', models.CharField(max_length=44, verbose_name='期間按分額')),
                ('amortised_units', models.BigIntegerField(default=0, editable=False)),
                ('amortised_nano', models.BigIntegerField(default=0, editable=False)),
                ('amortised_atto', models.BigIntegerField(default=0, editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='costs.billpart', verbose_name='請求の内訳')),
            ],
            options={
                'verbose_name': '期間で按分したコスト',
                'ordering': ('organisation', 'month', 'system_code', 'pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(fields=['organisation', 'month'], name='amortised_cost_by_month')],
                'constraints': [models.UniqueConstraint(fields=('part', 'month', 'system_code', 'cost_category', 'currency'), name='amortised_cost_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='FileIntake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('file_name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('kept_as', models.CharField(max_length=64, verbose_name='保管名')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='大きさ(バイト)')),
                ('kind', models.CharField(max_length=16, verbose_name='種類')),
                ('state', models.CharField(choices=[('kept', '受付'), ('previewed', '確認待ち'), ('applying', '取り込み中'), ('applied', '取り込み済み'), ('failed', '失敗'), ('cancelled', '取りやめ')], default='kept', max_length=12, verbose_name='状態')),
                ('rows_read', models.PositiveBigIntegerField(default=0, verbose_name='読んだ行')),
                ('rows_accepted', models.PositiveBigIntegerField(default=0, verbose_name='取り込んだ行')),
                ('rows_rejected', models.PositiveBigIntegerField(default=0, verbose_name='取り込めなかった行')),
                ('rows_outside', models.PositiveBigIntegerField(default=0, verbose_name='対象外の行')),
                ('billed', models.JSONField(blank=True, default=dict, verbose_name='請求額')),
                ('problems', models.JSONField(blank=True, default=list, verbose_name='行の誤り')),
                ('notes', models.JSONField(blank=True, default=list, verbose_name='気付いたこと')),
                ('failure', models.TextField(blank=True, verbose_name='失敗の理由')),
                ('is_new', models.BooleanField(default=True, verbose_name='新しい内容')),
                ('job_id', models.BigIntegerField(blank=True, null=True, verbose_name='処理')),
                ('requested_by_name', models.CharField(max_length=200, verbose_name='送った人')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='始めた日時')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='終えた日時')),
                ('bill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='costs.billimport', verbose_name='請求')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': 'コストのファイルの取り込み',
                'ordering': ('-pk',),
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(fields=['organisation', 'state'], name='cost_intake_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['kept', 'previewed', 'applying', 'applied', 'failed', 'cancelled'])), name='cost_intake_state_known'), models.CheckConstraint(condition=models.Q(('rows_read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('rows_accepted'), '+', models.F('rows_rejected')), '+', models.F('rows_outside')))), name='cost_intake_adds_up')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RollUpEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32, verbose_name='版')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '月ごとのコストの版',
                'ordering': ('organisation_id',),
            },
        ),
        migrations.RunPython(cut_amounts, migrations.RunPython.noop),
    ]

import django.core.validators
import django.db.models.deletion
import django.db.models.manager
from decimal import Decimal
from django.db import migrations, models

from yui.kernel.migrating import AtOnce


class Migration(AtOnce):

    initial = True

    dependencies = [
        ('organisations', '0002_official_organisations'),
        ('scope', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrioritySet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('\\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\\Z', '英数字と「.」「-」「_」で書いてください。')], verbose_name='コード')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='何を決めるか')),
                ('state', models.CharField(choices=[('preparing', '準備'), ('deliberating', '審議'), ('decided', '決定')], default='preparing', max_length=12, verbose_name='状態')),
                ('is_illustrative', models.BooleanField(default=False, verbose_name='点数は架空の例')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
                ('participants', models.ManyToManyField(blank=True, related_name='+', to='scope.organisation', verbose_name='参加団体')),
            ],
            options={
                'verbose_name': '優先度の検討',
                'ordering': ('organisation__sort_order', 'code'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='priorities_set_code_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='priorities_set_is_named'), models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'deliberating', 'decided'])), name='priorities_set_state_known'), models.CheckConstraint(condition=models.Q(('visibility', 'public'), _negated=True), name='priorities_set_not_public')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('\\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\\Z', '英数字と「.」「-」「_」で書いてください。')], verbose_name='コード')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='内容')),
                ('pillar', models.PositiveSmallIntegerField(blank=True, choices=[(1, '①'), (2, '②'), (3, '③')], null=True, verbose_name='支援策')),
                ('urn', models.CharField(blank=True, max_length=200, validators=[django.core.validators.RegexValidator('\\Ayui:[a-z][a-z0-9_.]*:\\S{1,150}\\Z', 'yui:registry.system:12 のように書いてください。')], verbose_name='関係する記録')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('priority_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='priorities.priorityset')),
            ],
            options={
                'verbose_name': '選択肢',
                'ordering': ('position',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('priority_set', 'code'), name='priorities_option_code_once'), models.UniqueConstraint(fields=('priority_set', 'position'), name='priorities_option_position_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='priorities_option_is_named'), models.CheckConstraint(condition=models.Q(('pillar__isnull', True), ('pillar__range', (1, 3)), _connector='OR'), name='priorities_option_pillar')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('\\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\\Z', '英数字と「.」「-」「_」で書いてください。')], verbose_name='コード')),
                ('title', models.CharField(max_length=60, verbose_name='観点')),
                ('description', models.TextField(blank=True, max_length=1000, verbose_name='見方')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('is_derived', models.BooleanField(default=False, verbose_name='根拠から自動で決める')),
                ('priority_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='priorities.priorityset')),
            ],
            options={
                'verbose_name': '観点',
                'ordering': ('position',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('priority_set', 'code'), name='priorities_criterion_code_once'), models.UniqueConstraint(fields=('priority_set', 'position'), name='priorities_criterion_position_once'), models.UniqueConstraint(condition=models.Q(('is_derived', True)), fields=('priority_set',), name='priorities_one_derived_criterion'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='priorities_criterion_is_named')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='審議の回')),
                ('opened_on', models.DateField(verbose_name='始めた日')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='終えた日')),
                ('reason', models.TextField(blank=True, max_length=4000, verbose_name='理由')),
                ('decision', models.TextField(blank=True, max_length=4000, verbose_name='決定')),
                ('decided_order', models.JSONField(blank=True, default=list, verbose_name='決定したときの順位')),
                ('priority_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='priorities.priorityset')),
            ],
            options={
                'verbose_name': '審議の回',
                'ordering': ('number',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('priority_set', 'number'), name='priorities_round_number_once'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('priority_set',), name='priorities_one_open_round'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='priorities_round_counts_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('decision', '')), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='priorities_round_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='priorities_closed_round_says_why')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=1, max_digits=2, verbose_name='点数(1〜5)')),
                ('uncertainty', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=2, verbose_name='幅(±)')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='理由')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.criterion', verbose_name='観点')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.option', verbose_name='選択肢')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='priorities.round')),
            ],
            options={
                'verbose_name': '点数',
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('round', 'option', 'criterion'), name='priorities_one_score_per_cell'), models.CheckConstraint(condition=models.Q(('value__gte', Decimal('1')), ('value__lte', Decimal('5'))), name='priorities_score_one_to_five', violation_error_message='点数は1から5までです。'), models.CheckConstraint(condition=models.Q(('uncertainty__gte', 0), ('uncertainty__lte', Decimal('2'))), name='priorities_score_uncertainty_up_to_two', violation_error_message='幅は0から2までです。')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='WardWeights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('direct', '割合で決める'), ('pairwise', '2つずつ比べる')], max_length=10, verbose_name='決め方')),
                ('comparisons', models.JSONField(blank=True, default=dict, verbose_name='比べた結果')),
                ('ratio', models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='整合度(CR)')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='考え方')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ward_weights', to='priorities.round')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='区')),
            ],
            options={
                'verbose_name': '区の重み',
                'ordering': ('ward__sort_order',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('round', 'ward'), name='priorities_weights_once_per_ward'), models.CheckConstraint(condition=models.Q(models.Q(('method', 'direct'), ('ratio__isnull', True)), models.Q(('method', 'pairwise'), ('ratio__gte', 0)), _connector='OR'), name='priorities_pairwise_weights_have_a_ratio')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ScoreEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('statistics', '公的統計'), ('report', '報告書'), ('example', '事例'), ('opinion', '意見')], max_length=12, verbose_name='種類')),
                ('title', models.CharField(max_length=200, verbose_name='根拠の名称')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='アドレスまたはURN')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公表日')),
                ('score', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='priorities.score')),
            ],
            options={
                'verbose_name': '根拠',
                'ordering': ('id',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['statistics', 'report', 'example', 'opinion'])), name='priorities_evidence_kind_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='priorities_evidence_is_named')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CriterionWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.DecimalField(decimal_places=6, max_digits=7, verbose_name='重み')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.criterion')),
                ('ward_weights', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='priorities.wardweights')),
            ],
            options={
                'verbose_name': '観点の重み',
                'ordering': ('criterion__position',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('ward_weights', 'criterion'), name='priorities_one_weight_per_criterion'), models.CheckConstraint(condition=models.Q(('weight__gte', 0), ('weight__lte', 1)), name='priorities_weight_zero_to_one')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]

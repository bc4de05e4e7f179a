import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from yui.kernel.migrating import AtOnce


class Migration(AtOnce):

    initial = True

    dependencies = [
        ('registry', '0002_standard_business_areas'),
        ('scope', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommonsIntake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('format', models.CharField(choices=[('slack', 'Slack'), ('discourse', 'Discourse')], max_length=12, verbose_name='形式')),
                ('file_name', models.CharField(max_length=200, verbose_name='ファイル')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('users', models.PositiveIntegerField(default=0, verbose_name='人')),
                ('questions', models.PositiveIntegerField(default=0, verbose_name='質問')),
                ('answers', models.PositiveIntegerField(default=0, verbose_name='回答')),
                ('solved', models.PositiveIntegerField(default=0, verbose_name='解決')),
                ('skipped_count', models.PositiveIntegerField(default=0, verbose_name='取り込まなかったもの')),
                ('skipped', models.JSONField(default=list, verbose_name='取り込まなかった理由')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '投稿の取り込み',
                'ordering': ('-at', '-pk'),
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ExternalAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('source', models.CharField(max_length=60, verbose_name='取り込み元')),
                ('key', models.CharField(max_length=80, verbose_name='取り込み元の番号')),
                ('name', models.CharField(max_length=100, verbose_name='名前')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '外部の投稿者',
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'source', 'key'), name='commons_external_author_unique')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MentorTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('starts_on', models.DateField(verbose_name='始まる月曜日')),
                ('mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '相談役の当番',
                'ordering': ('starts_on',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('starts_on',), name='commons_turn_one_a_week'), models.CheckConstraint(condition=models.Q(('starts_on__week_day', 2)), name='commons_turn_from_monday')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='タグ')),
                ('key', models.CharField(editable=False, max_length=80, unique=True)),
            ],
            options={
                'verbose_name': 'タグ',
                'ordering': ('key',),
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='commons_tag_says_something')],
            },
        ),
        migrations.CreateModel(
            name='HelperProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('may_be_asked', models.BooleanField(default=True, verbose_name='質問の相談を受ける')),
                ('most_per_week', models.PositiveSmallIntegerField(default=3, verbose_name='1週間に受ける数')),
                ('away_until', models.DateField(blank=True, null=True, verbose_name='この日まで不在')),
                ('takes_turns', models.BooleanField(default=False, verbose_name='相談役の当番を受ける')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tags', models.ManyToManyField(blank=True, related_name='+', to='commons.tag', verbose_name='得意なこと')),
            ],
            options={
                'verbose_name': '相談の受け方',
                'constraints': [models.CheckConstraint(condition=models.Q(('most_per_week__lte', 20)), name='commons_helper_load_bounded')],
            },
        ),
        migrations.CreateModel(
            name='TagFollow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='commons.tag')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'タグのフォロー',
                'constraints': [models.UniqueConstraint(fields=('tag', 'user'), name='commons_tag_followed_once')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('title', models.CharField(max_length=200, verbose_name='件名')),
                ('state', models.CharField(choices=[('open', '受付中'), ('needs_info', '追記待ち'), ('solved', '解決'), ('closed', '終了')], default='open', max_length=12, verbose_name='状態')),
                ('about_urn', models.CharField(blank=True, max_length=200, verbose_name='もとの記録')),
                ('asked_at', models.DateTimeField(verbose_name='質問した日時')),
                ('first_answer_at', models.DateTimeField(blank=True, null=True, verbose_name='最初の回答')),
                ('first_answer_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='最初の回答まで(開庁時間の分)')),
                ('last_activity_at', models.DateTimeField(verbose_name='最後の動き')),
                ('solved_at', models.DateTimeField(blank=True, null=True, verbose_name='解決した日時')),
                ('solved_by', models.CharField(blank=True, choices=[('answer', '回答'), ('asker', '質問した人'), ('workaround', '回避策'), ('moderator', '運営')], max_length=12, verbose_name='解決のしかた')),
                ('closing_reason', models.CharField(blank=True, max_length=300, verbose_name='終了の理由')),
                ('answer_count', models.PositiveIntegerField(default=0, verbose_name='回答')),
                ('thanks_count', models.PositiveIntegerField(default=0, verbose_name='感謝')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='非表示にした日時')),
                ('is_locked', models.BooleanField(default=False, verbose_name='書き込みを止めた')),
                ('source_key', models.CharField(blank=True, max_length=160, verbose_name='取り込み元の番号')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.standardbusinessarea', verbose_name='標準化対象の業務')),
                ('duplicate_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='duplicates', to='commons.question', verbose_name='同じ質問')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
                ('participants', models.ManyToManyField(blank=True, related_name='+', to='scope.organisation', verbose_name='参加団体')),
                ('system', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.informationsystem', verbose_name='情報システム')),
                ('tags', models.ManyToManyField(blank=True, related_name='questions', to='commons.tag', verbose_name='タグ')),
                ('solving_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='commons.post', verbose_name='解決した回答')),
            ],
            options={
                'verbose_name': '質問',
                'ordering': ('-last_activity_at', '-pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(fields=['-last_activity_at', '-id'], name='commons_question_activity'), models.Index(fields=['state', '-last_activity_at', '-id'], name='commons_question_state'), models.Index(fields=['solved_at'], name='commons_question_solved'), models.Index(fields=['asked_at'], name='commons_question_asked'), models.Index(condition=models.Q(('first_answer_at__isnull', True), ('state', 'open')), fields=['-last_activity_at', '-id'], name='commons_question_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('solved_at__isnull', False), ('state', 'solved')), models.Q(models.Q(('state', 'solved'), _negated=True), ('solved_at__isnull', True), ('solved_by', '')), _connector='OR'), name='commons_question_solved_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('first_answer_at__isnull', True), ('first_answer_minutes__isnull', True)), models.Q(('first_answer_at__isnull', False), ('first_answer_minutes__isnull', False)), _connector='OR'), name='commons_question_waiting_is_measured'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'solved'), _negated=True), models.Q(('solved_by', ''), _negated=True), _connector='OR'), name='commons_question_says_how_it_was_solved'), models.CheckConstraint(condition=models.Q(('visibility__in', ['own', 'participants', 'wards'])), name='commons_question_never_without_sign_in'), models.CheckConstraint(condition=models.Q(('last_activity_at__gte', models.F('asked_at'))), name='commons_question_times_in_order'), models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('organisation', 'source_key'), name='commons_question_imported_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', '質問'), ('answer', '回答'), ('comment', 'コメント')], max_length=10, verbose_name='種別')),
                ('is_unnamed', models.BooleanField(default=False, verbose_name='名前を伏せる')),
                ('shown_department', models.CharField(blank=True, max_length=100, verbose_name='表示する部署')),
                ('body', models.TextField(max_length=40000, verbose_name='本文')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='版')),
                ('posted_at', models.DateTimeField(verbose_name='投稿した日時')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='直した日時')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='非表示にした日時')),
                ('thanks_count', models.PositiveIntegerField(default=0, verbose_name='感謝')),
                ('source_key', models.CharField(blank=True, max_length=160, verbose_name='取り込み元の番号')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
                ('external_author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='commons.externalauthor')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='commons.post')),
                ('posted_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='所属')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='commons.question')),
            ],
            options={
                'verbose_name': '投稿',
                'ordering': ('posted_at', 'pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(fields=['question', 'posted_at', 'id'], name='commons_post_in_order'), models.Index(fields=['author', '-posted_at'], name='commons_post_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('external_author__isnull', True), ('is_unnamed', False)), models.Q(('author__isnull', True), ('external_author__isnull', False), ('is_unnamed', False)), models.Q(('author__isnull', True), ('external_author__isnull', True), ('is_unnamed', True)), _connector='OR'), name='commons_post_one_author'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), ('kind', 'comment'), _connector='OR'), name='commons_post_only_comments_hang'), models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='commons_post_says_something'), models.UniqueConstraint(condition=models.Q(('kind', 'question')), fields=('question',), name='commons_post_one_question'), models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('question', 'source_key'), name='commons_post_imported_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HelpRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', models.JSONField(default=list, verbose_name='理由')),
                ('asked_at', models.DateTimeField(verbose_name='頼んだ日時')),
                ('declined_at', models.DateTimeField(blank=True, null=True, verbose_name='断った日時')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='help_requests', to='commons.question')),
            ],
            options={
                'verbose_name': '回答の依頼',
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(fields=['user', '-asked_at'], name='commons_help_load')],
                'constraints': [models.UniqueConstraint(fields=('question', 'user'), name='commons_help_asked_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Deflection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('spared', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deflections', to='commons.question')),
            ],
            options={
                'verbose_name': '質問せずに解決',
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='QuestionFollow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='commons.question')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '質問のフォロー',
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('question', 'user'), name='commons_question_followed_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='WatchStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('helpers', '答えられそうな人'), ('mentor', '相談役'), ('coordinator', '運営'), ('nudge', '解決したかの確認')], max_length=12, verbose_name='段階')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watch_steps', to='commons.question')),
            ],
            options={
                'verbose_name': '未回答の見守り',
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('question', 'stage'), name='commons_watch_once_per_stage')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HiddenAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hidden_author', to='commons.post')),
            ],
            options={
                'verbose_name': '名前を伏せた投稿者',
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('requested_at', models.DateTimeField(verbose_name='求めた日時')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='決めた日時')),
                ('is_refused', models.BooleanField(default=False, verbose_name='断った')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='commons.post')),
            ],
            options={
                'verbose_name': '投稿者の開示',
                'ordering': ('-requested_at', '-pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='commons_disclosure_has_reason'), models.CheckConstraint(condition=models.Q(('granted_by__isnull', True), models.Q(('granted_by', models.F('requested_by')), _negated=True), _connector='OR'), name='commons_disclosure_by_two_people')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PostFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='ファイル名')),
                ('media_type', models.CharField(max_length=120, verbose_name='形式')),
                ('size', models.PositiveBigIntegerField(verbose_name='大きさ(バイト)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('scan', models.CharField(choices=[('clean', '検査済み'), ('not_scanned', '検査していません')], max_length=12, verbose_name='ウイルス検査')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='commons.post')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='添付した人')),
            ],
            options={
                'verbose_name': '添付ファイル',
                'ordering': ('pk',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('scan__in', ['clean', 'not_scanned'])), name='commons_postfile_scan_known'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='commons_postfile_not_empty'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='commons_postfile_has_a_hash')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PostLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='名前')),
                ('address', models.URLField(blank=True, max_length=1000, verbose_name='元の場所')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_files', to='commons.post')),
            ],
            options={
                'verbose_name': '取り込み元にあるファイル',
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PostReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='対応した日時')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='commons.post')),
            ],
            options={
                'verbose_name': '通報',
                'ordering': ('-at', '-pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='commons_report_has_reason'), models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('post', 'by'), name='commons_report_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PostRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='件名')),
                ('body', models.TextField(verbose_name='本文')),
                ('replaced_at', models.DateTimeField(verbose_name='直した日時')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='commons.post')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '投稿の以前の版',
                'ordering': ('number',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('post', 'number'), name='commons_revision_number_unique')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ModerationAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hide', '非表示にした'), ('show', '表示に戻した'), ('lock', '書き込みを止めた'), ('unlock', '書き込みを再開した'), ('duplicate', '同じ質問にまとめた'), ('retag', 'タグを直した'), ('dismiss', '通報を確認した(変更なし)')], max_length=12, verbose_name='したこと')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moderation', to='commons.post')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderation', to='commons.question')),
            ],
            options={
                'verbose_name': '運営の対応',
                'ordering': ('-at', '-pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='commons_moderation_has_reason')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='QuestionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '受付中'), ('needs_info', '追記待ち'), ('solved', '解決'), ('closed', '終了')], max_length=12, verbose_name='状態')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='commons.post')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='commons.question')),
            ],
            options={
                'verbose_name': '質問の状態の変化',
                'ordering': ('at', 'pk'),
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='commons.post')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '感謝',
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('post', 'user'), name='commons_thanks_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]

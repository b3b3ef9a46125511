"""The layout of the database as it is, made in one go: what took many steps before is one for a new server."""

from importlib import import_module

import datetime
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import evenhand_server.storage.rows
from django.conf import settings
from django.db import migrations, models

full_text = import_module("evenhand_server.migrations.0013_full_text_index")


class CreateAll(migrations.operations.base.Operation):
    """Create many tables at once. One by one, each would let Django work out all those again that lead to it."""

    reduces_to_sql = True
    reversible = False

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in to_state.apps.get_app_config(app_label).get_models():
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def describe(self):
        return "Create all tables"


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("evenhand_server", "0001_first"),
        ("evenhand_server", "0002_corrections_and_second_wishes"),
        ("evenhand_server", "0003_market"),
        ("evenhand_server", "0004_limits"),
        ("evenhand_server", "0005_terms_preferences"),
        ("evenhand_server", "0006_standing_interests"),
        ("evenhand_server", "0007_file_standing_interests"),
        ("evenhand_server", "0008_news_and_letters"),
        ("evenhand_server", "0009_keys_and_awaited_signatures"),
        ("evenhand_server", "0010_invitations"),
        ("evenhand_server", "0011_newcomers"),
        ("evenhand_server", "0012_full_text"),
        ("evenhand_server", "0013_full_text_index"),
        ("evenhand_server", "0014_words_said"),
        ("evenhand_server", "0015_attachments"),
        ("evenhand_server", "0016_where_letters_went"),
        ("evenhand_server", "0017_safety"),
        ("evenhand_server", "0018_changes"),
        ("evenhand_server", "0019_news_of_a_dealing"),
        ("evenhand_server", "0020_changes_and_digests"),
        ("evenhand_server", "0021_domains"),
        ("evenhand_server", "0022_directory"),
        ("evenhand_server", "0023_signature_deadlines_and_revocations"),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateAll([
            migrations.CreateModel(
                name='Bounce',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=254, unique=True)),
                    ('answer', models.CharField(max_length=20)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Correction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('field', models.CharField(max_length=20)),
                    ('language', models.CharField(blank=True, max_length=8)),
                    ('words', models.CharField(blank=True, max_length=80)),
                    ('read', models.CharField(blank=True, max_length=120)),
                    ('meant', models.CharField(blank=True, max_length=120)),
                    ('proof', models.CharField(max_length=64, unique=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Dealing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('pairwise_name', models.CharField(max_length=60)),
                    ('asker_since', models.CharField(blank=True, max_length=10)),
                    ('asker_kept', models.CharField(blank=True, max_length=10)),
                    ('at', models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name='DirectoryRemoval',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mailbox', models.CharField(max_length=64, unique=True)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DomainClaim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('domain', models.CharField(max_length=253)),
                    ('way', models.CharField(choices=[('mail', 'Mail'), ('dns', 'Dns')], max_length=10)),
                    ('mailbox', models.CharField(blank=True, max_length=20)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Guest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mailbox', models.CharField(max_length=64)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Standing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_priced', models.BooleanField()),
                    ('currency', models.CharField(max_length=80)),
                    ('period', models.CharField(max_length=80)),
                    ('lowest', models.BigIntegerField()),
                    ('highest', models.BigIntegerField()),
                    ('x', models.BigIntegerField(help_text='The centre as a vector of whole units')),
                    ('y', models.BigIntegerField()),
                    ('z', models.BigIntegerField()),
                    ('reach', models.BigIntegerField(help_text='Squared, in units')),
                    ('fewest', models.BigIntegerField()),
                    ('most', models.BigIntegerField()),
                    ('conditions', models.IntegerField(help_text='One bit for each')),
                    ('languages', models.BigIntegerField(help_text='One bit for each that is listed, one for all others; 0 for any')),
                    ('other_languages', models.JSONField(default=list)),
                    ('has_words', models.BooleanField()),
                    ('words_wanted', models.JSONField(default=list)),
                    ('words_excluded', models.JSONField(default=list)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SetupKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=80, unique=True)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Silence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mailbox', models.CharField(max_length=64, unique=True)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('username', models.CharField(max_length=60, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()])),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('time_zone', models.CharField(default='Europe/London', max_length=60)),
                    ('is_staff', models.BooleanField(default=False)),
                    ('is_active', models.BooleanField(default=True)),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'abstract': False,
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='Allowance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=20)),
                    ('subject', models.CharField(max_length=64)),
                    ('full_at', models.BigIntegerField(db_index=True, help_text='Microseconds since 1970, UTC')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='one_allowance_per_kind_and_subject')],
                },
            ),
            migrations.CreateModel(
                name='Decline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('asker', 'Asker'), ('vendor', 'Vendor')], max_length=10)),
                    ('reason', models.CharField(max_length=40)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dealing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decline', to='evenhand_server.dealing')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DirectoryImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('header', models.JSONField(default=list)),
                    ('rows', models.JSONField(default=list)),
                    ('mapping', models.JSONField(default=dict)),
                    ('total', models.PositiveIntegerField(default=0)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('skipped', models.PositiveIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DomainProof',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proof', to='evenhand_server.domainclaim')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('sentence', models.TextField(blank=True)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('wish_number', models.PositiveSmallIntegerField(default=0)),
                    ('corrections', models.JSONField(default=dict)),
                    ('choices', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DueRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(max_length=40)),
                    ('target', models.BigIntegerField()),
                    ('about', models.CharField(blank=True, max_length=40)),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('next_at', models.DateTimeField()),
                    ('last_error', models.CharField(max_length=80)),
                    ('is_dead', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [models.Index(fields=['is_dead', 'next_at'], name='due_rows_next')],
                },
            ),
            migrations.CreateModel(
                name='Feed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=80, unique=True)),
                    ('at', models.DateTimeField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Claim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('guest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='evenhand_server.guest')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Intent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('seller_limit', models.PositiveIntegerField(default=10)),
                    ('budget_shown', models.CharField(choices=[('shown', 'Shown'), ('banded', 'Banded'), ('hidden', 'Hidden')], default='banded', max_length=10)),
                    ('terms', models.CharField(max_length=40)),
                    ('time_zone', models.CharField(max_length=60)),
                    ('at', models.DateTimeField()),
                    ('closes_at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.AddField(
                model_name='dealing',
                name='intent',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.intent'),
            ),
            migrations.CreateModel(
                name='Closure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('accepted', 'Accepted'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], max_length=20)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('intent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closure', to='evenhand_server.intent')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Interest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='InterestVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('record', models.JSONField()),
                    ('is_newest', models.BooleanField(db_index=True, default=True)),
                    ('at', models.DateTimeField()),
                    ('interest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='evenhand_server.interest')),
                ],
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('mailbox', models.CharField(max_length=64)),
                    ('source', models.CharField(choices=[('pasted', 'Pasted'), ('list', 'List'), ('asked', 'Asked'), ('directory', 'Directory')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dealing', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                    ('intent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.intent')),
                ],
            ),
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('kind', models.CharField(max_length=20)),
                    ('target', models.BigIntegerField(default=0)),
                    ('day', models.DateField(null=True)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('handing', 'Handing'), ('sent', 'Sent'), ('dropped', 'Dropped'), ('refused', 'Refused'), ('unsure', 'Unsure')], default='waiting', max_length=10)),
                    ('to', models.CharField(blank=True, max_length=64)),
                    ('answer', models.CharField(blank=True, max_length=20)),
                    ('at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('digest', models.CharField(max_length=80, unique=True)),
                    ('at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('intent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.intent')),
                    ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='link', to='evenhand_server.invitation')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LinkRevocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='evenhand_server.link')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MailChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('requests', 'requests'), ('terms', 'terms'), ('offers', 'offers'), ('words', 'words'), ('deals', 'deals'), ('records', 'records'), ('server', 'server')], max_length=20)),
                    ('how', models.CharField(choices=[('at_once', 'at_once'), ('daily', 'daily'), ('never', 'never')], max_length=10)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='MailCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(blank=True, max_length=80)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.invitation')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MailHours',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('daily_at', models.TimeField(default=datetime.time(8, 0))),
                    ('quiet_from', models.TimeField(null=True)),
                    ('quiet_until', models.TimeField(null=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MailTest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('address', models.CharField(blank=True, max_length=254)),
                    ('code', models.CharField(max_length=80)),
                    ('way', models.CharField(db_index=True, max_length=80)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MailArrival',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('test', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='arrival', to='evenhand_server.mailtest')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Market',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('only', models.BooleanField(default=True, editable=False, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('operator', models.CharField(max_length=200)),
                    ('contact', models.CharField(max_length=200)),
                    ('languages', models.JSONField(default=list)),
                    ('countries', models.JSONField(default=list)),
                    ('places', models.JSONField(default=list)),
                    ('kinds_not_traded', models.JSONField(default=list)),
                    ('words_not_traded', models.JSONField(default=list)),
                    ('strangers_may_register', models.BooleanField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('only', True)), name='one_market_per_database')],
                },
            ),
            migrations.CreateModel(
                name='Match',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('kind', models.CharField(choices=[('fit', 'Fit'), ('mention', 'Mention')], max_length=10)),
                    ('score', models.PositiveIntegerField(help_text='Thousandths')),
                    ('accepts_terms', models.BooleanField(default=False)),
                    ('reasons', models.JSONField(default=list)),
                    ('at', models.DateTimeField()),
                    ('interest_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.interestversion')),
                ],
            ),
            migrations.AddField(
                model_name='dealing',
                name='match',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.match'),
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('role', models.CharField(choices=[('self', 'self'), ('steward', 'steward'), ('buyer', 'buyer'), ('approver', 'approver'), ('seller', 'seller'), ('support', 'support'), ('guest', 'guest')], max_length=20)),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.AddField(
                model_name='guest',
                name='membership',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.membership'),
            ),
            migrations.CreateModel(
                name='Departure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='departure', to='evenhand_server.membership')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Offer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('at', models.DateTimeField()),
                    ('dealing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OfferVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('total', models.BigIntegerField(help_text='Minor units')),
                    ('currency', models.CharField(max_length=3)),
                    ('valid_until', models.DateTimeField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='evenhand_server.offer')),
                ],
            ),
            migrations.CreateModel(
                name='OfferWithdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='evenhand_server.offer')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OnceDone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=120)),
                    ('asked', models.CharField(max_length=80)),
                    ('made', models.CharField(max_length=80)),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Operator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Party',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('verified_domain', models.CharField(blank=True, max_length=253)),
                    ('verified_until', models.DateTimeField(null=True)),
                    ('at', models.DateTimeField()),
                    ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('about', models.TextField(blank=True)),
                    ('website', models.URLField(blank=True)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='News',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('kind', models.CharField(choices=[('requests', 'requests'), ('terms', 'terms'), ('offers', 'offers'), ('words', 'words'), ('deals', 'deals'), ('records', 'records'), ('server', 'server')], max_length=20)),
                    ('what', models.CharField(max_length=40)),
                    ('about', models.CharField(blank=True, max_length=80)),
                    ('digest', models.CharField(blank=True, max_length=80)),
                    ('path', models.CharField(max_length=200)),
                    ('at', models.DateTimeField()),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('dealing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.dealing')),
                    ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='evenhand_server.letter')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.AddField(
                model_name='membership',
                name='party',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.AddField(
                model_name='match',
                name='vendor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.CreateModel(
                name='KeptDeals',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('party', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.AddField(
                model_name='interest',
                name='party',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.AddField(
                model_name='intent',
                name='party',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.AddField(
                model_name='guest',
                name='asker',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.AddField(
                model_name='guest',
                name='party',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('value', models.CharField(max_length=40)),
                    ('issuer', models.CharField(max_length=120)),
                    ('number', models.CharField(blank=True, max_length=80)),
                    ('valid_until', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('event', models.CharField(max_length=60)),
                    ('role', models.CharField(max_length=20)),
                    ('subject', models.CharField(db_index=True, max_length=32)),
                    ('data', models.JSONField(default=dict)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='domainclaim',
                name='party',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party'),
            ),
            migrations.CreateModel(
                name='Detail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('field', models.CharField(choices=[('name', 'Name'), ('email', 'Email'), ('phone', 'Phone'), ('street', 'Street'), ('town', 'Town'), ('postcode', 'Postcode')], max_length=20)),
                    ('value', models.CharField(max_length=200)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.AddField(
                model_name='dealing',
                name='vendor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party'),
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Block',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('at', models.DateTimeField()),
                    ('dealing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.dealing')),
                    ('blocked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.CreateModel(
                name='Pause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(max_length=32, unique=True)),
                    ('until', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Proffer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stage', models.CharField(choices=[('intent', 'Intent'), ('relationship', 'Relationship')], max_length=20)),
                    ('round', models.PositiveSmallIntegerField(default=1, help_text='Above 1 where terms were put to the vendor anew')),
                    ('terms', models.CharField(max_length=40)),
                    ('also_accepts', models.JSONField(default=list)),
                    ('months', models.PositiveIntegerField(default=0, help_text='How long a relationship would last; 0 for an intent')),
                    ('at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('time_zone', models.CharField(default='UTC', help_text='In which the deadline was set', max_length=60)),
                    ('dealing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                ],
            ),
            migrations.CreateModel(
                name='CounterAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('accepted', 'Accepted'), ('countered', 'Countered'), ('refused', 'Refused'), ('expired', 'Expired')], max_length=20)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proffer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='counter_answer', to='evenhand_server.proffer')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Record',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('number', models.PositiveIntegerField()),
                    ('kind', models.CharField(max_length=20)),
                    ('data', models.TextField()),
                    ('digest', models.CharField(max_length=80, unique=True)),
                    ('signatures', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('dealing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                ],
            ),
            migrations.AddField(
                model_name='proffer',
                name='record',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.record'),
            ),
            migrations.CreateModel(
                name='Lapse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lapse', to='evenhand_server.record')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Disclosure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('field', models.CharField(max_length=20)),
                    ('until', models.DateField(null=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dealing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.record')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='AgreementRevocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='evenhand_server.record')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Acceptance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('intent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.intent')),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acceptance', to='evenhand_server.offerversion')),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.record')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Relationship',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('review_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('dealing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.record')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Retirement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('interest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='retirement', to='evenhand_server.interest')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Revocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('disclosure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='evenhand_server.disclosure')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Said',
                fields=[
                    ('standing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='evenhand_server.standing')),
                    ('words', models.TextField()),
                ],
            ),
            migrations.AddField(
                model_name='standing',
                name='interest',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.interest'),
            ),
            migrations.AddField(
                model_name='standing',
                name='party',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party'),
            ),
            migrations.AddField(
                model_name='standing',
                name='version',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.interestversion'),
            ),
            migrations.CreateModel(
                name='Posting',
                fields=[
                    ('pk', models.CompositePrimaryKey('key', 'standing_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('key', models.BigIntegerField()),
                    ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.standing')),
                ],
            ),
            migrations.CreateModel(
                name='SigningKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('public', models.CharField(max_length=120, unique=True)),
                    ('wrapped', models.BinaryField(max_length=120)),
                    ('custody', models.CharField(choices=[('server', 'Server'), ('own_device', 'Own Device'), ('one_time_link', 'One Time Link')], default='server', max_length=20)),
                    ('is_published', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='KeyRotation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('data', models.TextField()),
                    ('signatures', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('new', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey')),
                    ('old', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='KeyChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('data', models.TextField()),
                    ('signatures', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dealing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                    ('new', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey')),
                    ('old', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='dealing',
                name='asker_key',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey'),
            ),
            migrations.AddField(
                model_name='dealing',
                name='vendor_key',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey'),
            ),
            migrations.CreateModel(
                name='AwaitedSignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('time_zone', models.CharField(default='UTC', help_text='In which the deadline was set', max_length=60)),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.record')),
                    ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.signingkey')),
                ],
            ),
            migrations.CreateModel(
                name='StandingAcceptance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('terms', models.CharField(max_length=40)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(blank=True, max_length=200)),
                    ('media_type', models.CharField(max_length=100)),
                    ('size', models.PositiveBigIntegerField()),
                    ('digest', models.CharField(max_length=80)),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OfferAttachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='evenhand_server.offerversion')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.storedfile')),
                ],
            ),
            migrations.CreateModel(
                name='SupplierList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.CreateModel(
                name='Supplier',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('email', models.EmailField(max_length=254)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('group', models.CharField(blank=True, max_length=60)),
                    ('at', models.DateTimeField()),
                    ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suppliers', to='evenhand_server.supplierlist')),
                ],
            ),
            migrations.CreateModel(
                name='SupplierSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('rows', models.JSONField(default=list)),
                    ('problems', models.JSONField(default=list)),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TermsAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('accepted', 'Accepted'), ('countered', 'Countered'), ('refused', 'Refused'), ('expired', 'Expired')], max_length=20)),
                    ('counter', models.CharField(blank=True, max_length=40)),
                    ('is_standing', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proffer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='evenhand_server.proffer')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TermsPreference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('terms', models.CharField(max_length=40)),
                    ('stand', models.CharField(choices=[('always', 'Always'), ('if_asked', 'If Asked'), ('ask', 'Ask'), ('never', 'Never')], max_length=10)),
                    ('place', models.PositiveSmallIntegerField()),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.party')),
                ],
            ),
            migrations.CreateModel(
                name='Text',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('body', models.TextField(blank=True)),
                    ('salt', models.BinaryField(max_length=16)),
                    ('digest', models.CharField(max_length=80)),
                    ('at', models.DateTimeField()),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('subject', models.CharField(choices=[('request', 'Request'), ('offer', 'Offer'), ('message', 'Message'), ('party', 'Party')], max_length=10)),
                    ('target', models.CharField(max_length=32)),
                    ('reason', models.CharField(max_length=20)),
                    ('at', models.DateTimeField()),
                    ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dealing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.dealing')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                    ('words', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text')),
                ],
            ),
            migrations.AddField(
                model_name='offerversion',
                name='content',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text'),
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('side', models.CharField(choices=[('asker', 'Asker'), ('vendor', 'Vendor')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('answers', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='evenhand_server.message')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dealing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='evenhand_server.dealing')),
                    ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='interestversion',
                name='sentence',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text'),
            ),
            migrations.AddField(
                model_name='disclosure',
                name='text',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text'),
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.PositiveSmallIntegerField()),
                    ('outcome', models.CharField(choices=[('dismissed', 'Dismissed'), ('upheld', 'Upheld'), ('paused', 'Paused')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='evenhand_server.report')),
                    ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text')),
                ],
            ),
            migrations.CreateModel(
                name='Appeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                    ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='evenhand_server.report')),
                    ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Token',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('digest', models.CharField(max_length=80, unique=True)),
                    ('at', models.DateTimeField()),
                    ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.membership')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='VendorChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('kind', models.CharField(choices=[('owner', 'Owner'), ('terms', 'Terms')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Wish',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('record', models.JSONField()),
                    ('category', models.CharField(db_index=True, max_length=80)),
                    ('change', models.BigIntegerField(default=0, help_text='The newest change when it was said: matching waits for it')),
                    ('at', models.DateTimeField()),
                    ('intent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='evenhand_server.intent')),
                    ('sentence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text')),
                    ('veiled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.text')),
                ],
            ),
            migrations.CreateModel(
                name='Matching',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('total', models.PositiveIntegerField()),
                    ('nearest_miss', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('wish', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.wish')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='match',
                name='wish',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.wish'),
            ),
            migrations.AddField(
                model_name='dealing',
                name='wish',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evenhand_server.wish'),
            ),
            migrations.CreateModel(
                name='WordSaid',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('word', models.CharField(max_length=64)),
                    ('proof', models.CharField(max_length=64, unique=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['word'], name='words_said')],
                },
            ),
            migrations.CreateModel(
                name='DirectoryEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(default=evenhand_server.storage.rows.new_id, editable=False, max_length=32, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('category', models.CharField(db_index=True, max_length=80)),
                    ('place', models.CharField(max_length=120)),
                    ('country', models.CharField(max_length=2)),
                    ('lat', models.FloatField()),
                    ('lon', models.FloatField()),
                    ('at', models.DateTimeField()),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evenhand_server.directoryimport')),
                ],
                options={
                    'indexes': [models.Index(fields=['lat', 'lon'], name='directory_places')],
                },
            ),
            migrations.AddConstraint(
                model_name='invitation',
                constraint=models.UniqueConstraint(fields=('intent', 'mailbox'), name='one_invitation_per_mailbox'),
            ),
            migrations.AddIndex(
                model_name='letter',
                index=models.Index(fields=['state', 'due_at'], name='letters_next'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.UniqueConstraint(fields=('person', 'day'), name='one_digest_per_person_and_day'),
            ),
            migrations.AddConstraint(
                model_name='mailchoice',
                constraint=models.UniqueConstraint(fields=('person', 'kind'), name='one_mail_choice_per_kind'),
            ),
            migrations.AddConstraint(
                model_name='oncedone',
                constraint=models.UniqueConstraint(fields=('person', 'key'), name='once_per_person_and_key'),
            ),
            migrations.AddIndex(
                model_name='news',
                index=models.Index(fields=['person', '-at'], name='news_newest'),
            ),
            migrations.AddIndex(
                model_name='news',
                index=models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['person', 'path'], name='news_unseen'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.UniqueConstraint(fields=('person', 'party', 'role'), name='one_membership_per_role'),
            ),
            migrations.AddIndex(
                model_name='keptdeals',
                index=models.Index(fields=['count'], name='kept_deals_by_count'),
            ),
            migrations.AddIndex(
                model_name='intent',
                index=models.Index(fields=['party', 'at'], name='intents_of_party'),
            ),
            migrations.AddConstraint(
                model_name='guest',
                constraint=models.UniqueConstraint(fields=('asker', 'mailbox'), name='one_guest_per_asker_and_mailbox'),
            ),
            migrations.AddConstraint(
                model_name='detail',
                constraint=models.UniqueConstraint(fields=('party', 'field'), name='one_detail_per_field'),
            ),
            migrations.AddConstraint(
                model_name='block',
                constraint=models.UniqueConstraint(fields=('party', 'dealing'), name='one_block_per_dealing'),
            ),
            migrations.AddConstraint(
                model_name='record',
                constraint=models.UniqueConstraint(fields=('dealing', 'number'), name='one_record_per_number'),
            ),
            migrations.AddConstraint(
                model_name='proffer',
                constraint=models.UniqueConstraint(fields=('dealing', 'stage', 'round'), name='one_proffer_per_stage_and_round'),
            ),
            migrations.AddConstraint(
                model_name='awaitedsignature',
                constraint=models.UniqueConstraint(fields=('record', 'key'), name='one_awaited_signature_per_key'),
            ),
            migrations.AddConstraint(
                model_name='standingacceptance',
                constraint=models.UniqueConstraint(fields=('party', 'terms'), name='one_standing_acceptance_per_terms'),
            ),
            migrations.AddConstraint(
                model_name='offerattachment',
                constraint=models.UniqueConstraint(fields=('version', 'file'), name='one_attachment_per_file'),
            ),
            migrations.AddConstraint(
                model_name='supplierlist',
                constraint=models.UniqueConstraint(fields=('party', 'name'), name='one_supplier_list_per_name'),
            ),
            migrations.AddConstraint(
                model_name='supplier',
                constraint=models.UniqueConstraint(fields=('list', 'email'), name='one_supplier_per_list_and_mailbox'),
            ),
            migrations.AddConstraint(
                model_name='termspreference',
                constraint=models.UniqueConstraint(fields=('party', 'terms'), name='one_preference_per_terms'),
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.UniqueConstraint(fields=('party', 'subject', 'target'), name='one_report_per_party_and_thing'),
            ),
            migrations.AddConstraint(
                model_name='offerversion',
                constraint=models.UniqueConstraint(fields=('offer', 'number'), name='one_offer_version_per_number'),
            ),
            migrations.AddConstraint(
                model_name='interestversion',
                constraint=models.UniqueConstraint(fields=('interest', 'number'), name='one_interest_version_per_number'),
            ),
            migrations.AddConstraint(
                model_name='interestversion',
                constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('interest',), name='one_newest_interest_version'),
            ),
            migrations.AddConstraint(
                model_name='decision',
                constraint=models.UniqueConstraint(fields=('report', 'round'), name='one_decision_per_round'),
            ),
            migrations.AddConstraint(
                model_name='wish',
                constraint=models.UniqueConstraint(fields=('intent', 'number'), name='one_wish_per_number'),
            ),
            migrations.AddConstraint(
                model_name='match',
                constraint=models.UniqueConstraint(fields=('wish', 'vendor'), name='one_match_per_wish_and_vendor'),
            ),
            migrations.AddConstraint(
                model_name='dealing',
                constraint=models.UniqueConstraint(fields=('intent', 'vendor'), name='one_dealing_per_intent_and_vendor'),
            ),
        ]),
        migrations.RunPython(full_text.make_index, full_text.drop_index),
    ]

"""Signatures awaited from a device get a deadline; those awaited by now have a week from now."""

from datetime import timedelta

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def give_a_week(apps, schema_editor):
    """What is awaited gets a deadline, and the row by which a worker ends it."""
    until = django.utils.timezone.now() + timedelta(days=7)
    due = apps.get_model("evenhand_server", "DueRow")
    for awaited in apps.get_model("evenhand_server", "AwaitedSignature").objects.all():
        awaited.expires_at = until
        awaited.save(update_fields=["expires_at"])
        due.objects.create(step="expire_signature", target=awaited.pk, next_at=until, last_error="")


class Migration(migrations.Migration):

    dependencies = [
        ('evenhand_server', '0022_directory'),
    ]

    operations = [
        migrations.AddField(
            model_name='awaitedsignature',
            name='expires_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='awaitedsignature',
            name='time_zone',
            field=models.CharField(default='UTC', help_text='In which the deadline was set', max_length=60),
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
        migrations.RunPython(give_a_week, migrations.RunPython.noop, elidable=True),
    ]

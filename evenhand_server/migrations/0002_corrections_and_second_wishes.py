from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evenhand_server', '0001_first'),
    ]

    operations = [
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
        migrations.AddField(
            model_name='draft',
            name='wish_number',
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]

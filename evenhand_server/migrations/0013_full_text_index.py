from itertools import islice

from django.db import migrations

from evenhand_server.interests.filing import searchable

AT_ONCE = 500
SAID = "evenhand_server_said"
SQLITE = (
    f"CREATE VIRTUAL TABLE {SAID}_index USING fts5(words, content='{SAID}', content_rowid='standing_id', tokenize='unicode61')",
    f"CREATE TRIGGER {SAID}_added AFTER INSERT ON {SAID} BEGIN"
    f" INSERT INTO {SAID}_index (rowid, words) VALUES (new.standing_id, new.words); END",
    f"CREATE TRIGGER {SAID}_removed AFTER DELETE ON {SAID} BEGIN"
    f" INSERT INTO {SAID}_index ({SAID}_index, rowid, words) VALUES ('delete', old.standing_id, old.words); END",
    f"CREATE TRIGGER {SAID}_changed AFTER UPDATE ON {SAID} BEGIN"
    f" INSERT INTO {SAID}_index ({SAID}_index, rowid, words) VALUES ('delete', old.standing_id, old.words);"
    f" INSERT INTO {SAID}_index (rowid, words) VALUES (new.standing_id, new.words); END",
)
POSTGRESQL = (f"CREATE INDEX {SAID}_index ON {SAID} USING gin (to_tsvector('simple', words)) WITH (fastupdate = off)",)
NO_SQLITE = (*(f"DROP TRIGGER {SAID}_{when}" for when in ("added", "removed", "changed")), f"DROP TABLE {SAID}_index")
NO_POSTGRESQL = (f"DROP INDEX {SAID}_index",)


def make_index(apps, schema_editor):
    """Whoever lets Django make this table anew on SQLite must make these triggers anew too."""
    for command in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(command)


def drop_index(apps, schema_editor):
    for command in NO_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else NO_SQLITE:
        schema_editor.execute(command)


def file_words(apps, schema_editor):
    """Let full text find the interests that stand."""
    said = apps.get_model("evenhand_server", "Said")
    rows = apps.get_model("evenhand_server", "Standing").objects.select_related("version__sentence").order_by("id")
    todo = rows.iterator(AT_ONCE)
    while part := list(islice(todo, AT_ONCE)):
        said.objects.bulk_create(said(standing=row, words=searchable(row.version.sentence.body)) for row in part)


class Migration(migrations.Migration):

    dependencies = [
        ('evenhand_server', '0012_full_text'),
    ]

    operations = [
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(file_words, migrations.RunPython.noop),
    ]

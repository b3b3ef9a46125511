from itertools import islice

from django.db import migrations

from evenhand.interests.answering import as_answering
from evenhand.interests.interest import from_record
from evenhand_server.interests.filing import columns_of, keys_of

AT_ONCE = 500


def file_all(apps, schema_editor):
    """Let SQL find the interests that stand."""
    versions = apps.get_model("evenhand_server", "InterestVersion")
    standing = apps.get_model("evenhand_server", "Standing")
    posting = apps.get_model("evenhand_server", "Posting")
    retired = apps.get_model("evenhand_server", "Retirement").objects.values("interest_id")
    rows = versions.objects.filter(is_newest=True).exclude(interest__in=retired).select_related("interest")
    todo = (row for row in rows.order_by("id").iterator(AT_ONCE) if row.record)
    while part := list(islice(todo, AT_ONCE)):
        values = [as_answering(from_record(row.record)) for row in part]
        made = standing.objects.bulk_create(
            standing(interest_id=row.interest_id, version=row, party_id=row.interest.party_id, **columns_of(value))
            for row, value in zip(part, values)
        )
        pairs = ((one, key) for one, value in zip(made, values) for key in keys_of(value))
        posting.objects.bulk_create((posting(standing=one, key=key) for one, key in pairs), batch_size=AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('evenhand_server', '0006_standing_interests'),
    ]

    operations = [migrations.RunPython(file_all, migrations.RunPython.noop)]

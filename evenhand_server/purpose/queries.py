"""Reading evidence."""

from datetime import date

from django.db.models import QuerySet

from evenhand_server.purpose.models import Evidence


def evidence_of(party_id: int) -> QuerySet[Evidence]:
    """What a party has shown, the longest-lived first."""
    return Evidence.objects.filter(party_id=party_id).order_by("-valid_until", "id")


def valid_evidence(party_ids: list[int], on: date) -> dict[int, list[Evidence]]:
    """For each of these parties the evidence that holds on this day."""
    found: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.filter(party_id__in=party_ids, valid_until__gte=on).order_by("id"):
        found.setdefault(evidence.party_id, []).append(evidence)
    return found

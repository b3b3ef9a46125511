"""The form in which a party says once what it thinks of which terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.terms.preferences import Preferences
from evenhand.terms.roster import Terms
from evenhand_server.messages import say
from evenhand_server.people.models import Party
from evenhand_server.people.terms import Stand, preferences_of, terms_for

FIRST = {
    "intent": _("For a request, name first"),
    "relationship": _("For going on together, name first"),
    "contribution": _("For giving something, name first"),
}


class PreferencesForm(forms.Form):
    """For each entry of the roster what the party thinks of it; and which it names first, where it names several."""

    def __init__(self, data: Any = None, *, party: Party) -> None:
        super().__init__(data)
        self.listed = terms_for(party)
        known = preferences_of(party)
        stands = [(stand.value, say(f"stand_{stand.value}")) for stand in Stand]
        for terms in self.listed:
            label = terms.title
            now = stand_of(terms.id, known)
            self.fields[terms.id] = forms.ChoiceField(label=label, choices=stands, initial=now)
        for gate, question in FIRST.items():
            choices = [(terms.id, terms.title) for terms in self.listed if terms.gates == gate]
            if len(choices) > 1:
                first = next((name for name in known.prefers if name in dict(choices)), "")
                options = [("", say("stand_none")), *choices]
                self.fields[f"first_{gate}"] = forms.ChoiceField(
                    label=question, choices=options, initial=first, required=False
                )

    def clean(self) -> dict[str, Any]:
        """What is named first must be named at all."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for gate in FIRST:
            first = cleaned.get(f"first_{gate}")
            if first and cleaned.get(first) != Stand.ALWAYS:
                self.add_error(f"first_{gate}", say("first_not_named", {"stand": say("stand_always")}))
        return cleaned

    def preferences(self) -> Preferences:
        """What was said; the form must be valid."""
        said = self.cleaned_data
        firsts = [said[f"first_{gate}"] for gate in FIRST if said.get(f"first_{gate}")]
        ids = {stand: [terms.id for terms in self.listed if said[terms.id] == stand] for stand in Stand}
        always = [*firsts, *(name for name in ids[Stand.ALWAYS] if name not in firsts)]
        return Preferences(tuple(always), tuple(ids[Stand.IF_ASKED]), frozenset(ids[Stand.NEVER]))

    @property
    def groups(self) -> list[tuple[str, list[tuple[Terms, forms.BoundField]], forms.BoundField | None]]:
        """The fields as the page shows them: for each gate its terms, and which to name first."""
        found = []
        for gate in FIRST:
            rows = [(terms, self[terms.id]) for terms in self.listed if terms.gates == gate]
            first = f"first_{gate}"
            found.append((gate, rows, self[first] if first in self.fields else None))
        return [group for group in found if group[1]]


def stand_of(name: str, preferences: Preferences) -> Stand:
    """What a party thinks of one entry; never beats the other two."""
    if name in preferences.never:
        return Stand.NEVER
    if name in preferences.always:
        return Stand.ALWAYS
    return Stand.IF_ASKED if name in preferences.if_asked else Stand.ASK

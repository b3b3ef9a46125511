"""Forms about how and when somebody hears of news by mail."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand_server.messages import say
from evenhand_server.news.kinds import How, Kind

CLOCK = "%H:%M"
HALF_HOURS = [f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30)]


class ClockField(forms.TimeField):
    """A time of day, chosen by the half hour."""

    def __init__(self, **named: Any) -> None:
        none = [] if named.get("required", True) else [("", _("no quiet hours"))]
        widget = forms.Select(choices=[*none, *((at, at) for at in HALF_HOURS)])
        super().__init__(input_formats=[CLOCK], widget=widget, **named)


class MailForm(forms.Form):
    """For each kind how, and when: the hour of the daily mail, and quiet hours if any."""

    daily_at = ClockField(label=_("When shall the daily mail come?"))
    quiet_from = ClockField(label=_("No mail from"), required=False)
    quiet_until = ClockField(label=_("until"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        hows = [(how.value, say(f"how_{how.value}")) for how in How]
        for kind in Kind:
            label = say(f"news_kind_{kind.value}")
            self.fields[kind.value] = forms.ChoiceField(label=label, choices=hows, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends or none, and two different ones."""
        found = super().clean() or {}
        begins, ends = found.get("quiet_from"), found.get("quiet_until")
        if (begins is None) != (ends is None) and not {"quiet_from", "quiet_until"} & self.errors.keys():
            self.add_error("quiet_until" if ends is None else "quiet_from", _("Name both ends of it, or neither."))
        elif begins is not None and begins == ends:
            self.add_error("quiet_until", _("Name another end: this would be all day."))
        return found

    @property
    def kinds(self) -> list[forms.BoundField]:
        """The fields that ask how, one for each kind."""
        return [self[kind.value] for kind in Kind]

    def choices(self) -> dict[Kind, How]:
        """How the person wants to hear of each kind."""
        return {kind: How(self.cleaned_data[kind.value]) for kind in Kind}

    def hours(self) -> dict[str, Any]:
        """When."""
        return {name: self.cleaned_data[name] for name in ("daily_at", "quiet_from", "quiet_until")}


def initial_of(choices: Mapping[Kind, How], **hours: time | None) -> dict[str, Any]:
    """What a form shows that was not filled in yet."""
    written = {name: at.strftime(CLOCK) if at else "" for name, at in hours.items()}
    return {kind.value: how.value for kind, how in choices.items()} | written


class CodeForm(forms.Form):
    """The code of a test mail."""

    code = forms.CharField(
        label=_("The six digits in the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

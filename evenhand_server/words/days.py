"""The form field of a day."""

from django import forms


class DayField(forms.DateField):
    """A day to pick; the browser shows it as its own person writes days, but takes it only as ISO 8601 writes it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

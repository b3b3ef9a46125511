"""What every start does first: bring the tables up to date, gather the static files, build the places file once."""

import sys

from django.conf import settings
from django.core.management import call_command

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand.words.places_build import build_places, is_built
from evenhand_server.environment import read_secret
from evenhand_server.limits.rates import read_rates
from evenhand_server.matching.money import read_money
from evenhand_server.people.own_roster import problem


def prepare() -> None:
    """Do it all; safe to do again."""
    environment = settings.ENVIRONMENT
    read_rates(settings.LIMITS)  # A mistake there is told now, not to the first visitor.
    read_money(settings.EXCHANGE_RATES)
    if wrong := problem():  # So is a mistake in the operator's own terms.
        sys.exit(wrong)
    read_secret(environment.secrets_folder, "master.key")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not is_built(environment.places_file):
        sys.stdout.write("Building the list of places, once (about ten seconds) ")
        build_places(environment.places_file, progress=show_progress)
        sys.stdout.write(" done.\n")


def show_progress(share: float) -> None:
    """One dot for each step."""
    sys.stdout.write(".")
    sys.stdout.flush()


if __name__ == "__main__":
    prepare()

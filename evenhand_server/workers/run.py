"""The worker's loop: claim a due row, do its step, strike it out; what fails is tried again later."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evenhand_server.journal.actions import claim_due, finish_due, postpone_due
from evenhand_server.journal.models import DueRow
from evenhand_server.news.actions import tell_operators
from evenhand_server.workers.steps import INSIDE, OUTSIDE, TELLING

log = logging.getLogger("evenhand.workers")


AT_ONCE = 20
"""So many rows are claimed together. Each is still done in a transaction of its own."""


def work_once(now: datetime | None = None) -> bool:
    """Do some due rows; false when there was none."""
    return work_on(claim_due(now or timezone.now(), most=AT_ONCE)) > 0


def work_on(claimed: list[DueRow]) -> int:
    """Do what was claimed, as long as the lease lasts; what is left then is somebody else's."""
    for due in claimed:
        if timezone.now() < due.next_at:
            do_step(due)
    return len(claimed)


def do_step(due: DueRow) -> None:
    """Do the step and strike the row out; a failure is kept beside the row and logged by kind."""
    try:
        if due.step in OUTSIDE:
            OUTSIDE[due.step](due.target)
            finish_due(due)
        else:
            with transaction.atomic():
                if finish_due(due):
                    do_inside(due)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in one step, the others must go on
        log.warning("step %s of row %s failed: %s", due.step, due.target, type(error).__name__)
        if postpone_due(due, error, timezone.now()):
            tell_operators()


def do_inside(due: DueRow) -> None:
    """Do a step within this database."""
    if due.step in TELLING:
        TELLING[due.step](due.target, due.about)
    else:
        INSIDE[due.step](due.target)


def work_all(now: datetime | None = None) -> int:
    """Do everything that is due, and say how many rows that was."""
    done = 0
    while count := work_on(claim_due(now or timezone.now(), most=AT_ONCE)):
        done += count
    return done


def work_until(is_over: Callable[[], bool], rest: Callable[[], object]) -> None:
    """Work until told to stop, resting when there is nothing to do."""
    while not is_over():
        try:
            if not work_once():
                rest()
        except Exception:  # noqa: BLE001 - the database may be away for a moment; the worker must outlive that
            log.warning("the worker could not reach its database; trying again")
            rest()

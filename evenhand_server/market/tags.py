"""Template words of this room: what kind of work failed, and why a letter did not go."""

from django import template

from evenhand_server.letters.models import Letter
from evenhand_server.messages import say

register = template.Library()


@register.filter
def work_step(step: str) -> str:
    """What people call a step of the workers."""
    return say(f"step_{step}")


@register.filter
def letter_kind(kind: str) -> str:
    """What people call a kind of letter."""
    return say(f"letter_{kind}")


@register.filter
def letter_failure(letter: Letter) -> str:
    """Why it waits for a decision, and for a mail that is perhaps out, what to do with one of its kind."""
    if letter.state == Letter.State.UNSURE:
        return say(f"letter_unsure_{letter.kind}")
    return say(f"letter_{letter.state}", {"answer": letter.answer})

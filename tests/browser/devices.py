"""What people look through: a desk, a phone, and a desk at 400 % zoom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Device:
    """A window; its sizes are in CSS pixels."""

    name: str
    width: int
    height: int
    is_phone: bool = False


DESK = Device("desk", 1280, 800)
PHONE = Device("phone", 390, 844, is_phone=True)
NARROW = Device("narrow", 360, 740)
"""A small phone, or half a tablet."""

ZOOMED = Device("zoomed", 320, 256)
"""1280 x 1024 at 400 %. Source: WCAG 2.2, success criterion 1.4.10."""

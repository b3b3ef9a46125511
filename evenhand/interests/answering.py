"""What is answered: an interest no finer than any vendor needs, so that many of them find nobody out."""

from dataclasses import replace

from evenhand.interests.interest import Interest

LEAST_RADIUS_KM = 5.0
"""A smaller circle is widened to this: as wide as the grid that people's places are snapped to."""
LEAST_WIDTH = 4
"""The highest price lies at least a fourth of the lowest above it."""


def as_answering(interest: Interest) -> Interest:
    """The interest as matching sees it: its circle and its range of prices no narrower than is honest trade."""
    area, highest = interest.area, interest.highest
    if area.is_circle:
        area = replace(area, radius_km=max(area.radius_km, LEAST_RADIUS_KM))
    if interest.lowest > 0 and highest > 0:
        highest = max(highest, interest.lowest + -(-interest.lowest // LEAST_WIDTH))
    return replace(interest, area=area, highest=highest)

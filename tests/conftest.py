"""What all tests share: how long and how randomly hypothesis looks for counter-examples."""

import os

from hypothesis import HealthCheck, settings

SLOW_MACHINES = (HealthCheck.too_slow,)
"""Two shared cores may be slow; that is no fault of the code under test."""

settings.register_profile("here", deadline=None, suppress_health_check=SLOW_MACHINES)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.register_profile(
    "thorough",
    max_examples=5000,
    deadline=None,
    suppress_health_check=[*SLOW_MACHINES, HealthCheck.data_too_large],
)
"""For whoever wants to be sure of an engine: ``pytest tests/library/matching --hypothesis-profile=thorough``."""
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

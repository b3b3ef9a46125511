"""For whoever wants to be thorough: ``pytest tests/library/matching --hypothesis-profile=thorough``."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "thorough",
    max_examples=5000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

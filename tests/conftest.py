"""What every ring shares: how hypothesis runs, and that a run may demand that nothing is skipped."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.plugins.databases", "tests.plugins.skips"]

# These machines are shared and slow at times: time limits would fail tests that are right.
settings.register_profile("samen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samen")

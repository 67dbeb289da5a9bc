"""What every ring shares: how hypothesis runs, and that a run may demand that nothing is skipped."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.plugins.databases", "tests.plugins.skips", "tests.plugins.watchdog"]

# These machines are shared and slow at times: time limits would fail tests that are right.
settings.register_profile("samen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# `make check` looks less far, to stay under a minute; `make test` looks as far as hypothesis does.
settings.register_profile("quick", settings.get_profile("samen"), max_examples=20)
settings.load_profile("samen")

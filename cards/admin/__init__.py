"""Cards for administrators and officers: what is on and why, and who did what."""

from cards.admin.views import (
    ActLine,
    AdminView,
    DecisionView,
    FailureLine,
    HealthView,
    LogView,
    MinimumView,
    OffView,
    SwitchLine,
)

__all__ = [
    "ActLine",
    "AdminView",
    "DecisionView",
    "FailureLine",
    "HealthView",
    "LogView",
    "MinimumView",
    "OffView",
    "SwitchLine",
]

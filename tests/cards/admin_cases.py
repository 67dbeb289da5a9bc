"""The views of administrators: the organisation's switches, its log and its places, for golden cards and pictures."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from cards.admin import (
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
from cards.drawing import View
from cards.locations import LocationsView, NamedSpot
from tests.cards.invented import TODAY

MOMENT = datetime(2026, 11, 24, 9, 5)  # noqa: DTZ001 - in the reader's own zone
SWITCHES = (
    SwitchLine("where", True, date(2026, 11, 22), date(2026, 11, 20), "OR-besluit 2026/113", "OR en directie"),
    SwitchLine("reach", True),
    SwitchLine("closing", False),
    SwitchLine("counter", False, date(2026, 11, 23), reference="eerst overleg met de balie"),
)
ACTS = (
    ActLine(MOMENT, "Anneke Visser", "capability_off", "counter"),
    ActLine(MOMENT - timedelta(hours=18), None, "place_retired", "Stadskantoor Noord"),
    ActLine(MOMENT - timedelta(days=2), "Anneke Visser", "minimum_set", "8"),
    ActLine(MOMENT - timedelta(days=3), "Joris Peeters", "capability_on", "where"),
    ActLine(MOMENT - timedelta(days=4), "Joris Peeters", "keeper_set"),
    ActLine(MOMENT - timedelta(days=5), "Joris Peeters", "an_act_of_tomorrow"),
)
PLACES = (
    NamedSpot("k3f9", "Stadskantoor", "site"),
    NamedSpot("p0a2", "Stadskantoor Noord", "site", retired=True),
    NamedSpot("z81x", "Bibliotheek Rozet", "library"),
    NamedSpot("m4q7", "Café De Waag", "third"),
)

ADMIN: Mapping[str, Callable[[], View]] = {
    "locations": lambda: LocationsView(PLACES, ("added", PLACES[2])),
    "locations_empty": lambda: LocationsView(()),
    "locations_many": lambda: LocationsView(
        tuple(NamedSpot(str(n), f"Bibliotheek Wijk {n}", "library") for n in range(150))
    ),
    "locations_refused": lambda: LocationsView(PLACES, problem="name_taken"),
    "admin": lambda: AdminView(SWITCHES, 3, ("Noor Maes",), 5, officers_unnamed=1, acts=ACTS[:3]),
    "admin_off": lambda: AdminView(tuple(SwitchLine(each.capability, on=False) for each in SWITCHES), 0, (), 5),
    "admin_officer": lambda: AdminView(SWITCHES, 3, ("Noor Maes",), 8, acts=ACTS[:3], may_change=False),
    "admin_changed": lambda: AdminView(SWITCHES, 3, (), 5, acts=ACTS[:1], changed="switched_on", about="where"),
    "admin_refused": lambda: AdminView(SWITCHES, 3, (), 5, problem="which"),
    "admin_decision": lambda: DecisionView("where", TODAY),
    "admin_decision_refused": lambda: DecisionView(
        "closing", TODAY, date(2026, 11, 20), "OR-besluit *2026/113*", problem="no_agreed"
    ),
    "admin_ask_off": lambda: OffView("counter"),
    "admin_minimum": lambda: MinimumView(5, 5),
    "admin_minimum_refused": lambda: MinimumView(8, 5, "never_lower"),
    "admin_log": lambda: LogView(ACTS, more=True),
    "admin_log_full": lambda: LogView(ACTS[:1] * 20, page=2),
    "admin_log_empty": lambda: LogView(()),
    "admin_health": lambda: HealthView("1.0.0", "SQLite", MOMENT, late=False),
    "admin_health_trouble": lambda: HealthView(
        "1.0.0", "PostgreSQL", MOMENT, late=True, failures=(FailureLine("delivery_blocked", 12), FailureLine("tick", 1))
    ),
    "admin_health_new": lambda: HealthView("1.0.0", "SQLite", None, late=True),
}

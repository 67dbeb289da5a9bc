"""The views of one's first day with Samen, for golden cards and pictures."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards.drawing import View
from cards.start import FirstView, LaterView, ResumedView, StartedView
from cards.where import Spot, TeamChoice
from tests.cards.invented import BRANCH, GROUP, HOME, OFF, TEAM, TODAY, TOWN_HALL

FIRST = FirstView(
    "asked",
    "Samen",
    (("home.", HOME), ("site.k3f9", TOWN_HALL), ("site.p0a2", BRANCH), ("not_working.", OFF)),
    ("open",) * 5,
    TODAY,
    teams=(TEAM, GROUP),
)
STARTED = StartedView((HOME, TOWN_HALL, TOWN_HALL, None, OFF), TODAY, shown_to=(TEAM,), others=(GROUP,))

START: Mapping[str, Callable[[], View]] = {
    "start": lambda: FIRST,
    "start_greeting": lambda: replace(FIRST, reason="greeting", week=("home.", "site.k3f9", "open", "open", "open")),
    "start_added": lambda: replace(FIRST, reason="added", shown_to=(TEAM,)),
    "start_unknown": lambda: replace(FIRST, reason="unknown", teams=()),
    "start_large": lambda: replace(
        FIRST,
        choices=(
            ("home.", HOME),
            *((f"site.{n}abcdef01234", Spot("site", f"{n} " + "Stadsdeelkantoor " * 4)) for n in range(12)),
        ),
        teams=tuple(TeamChoice(f"19:{n:032}@thread.tacv2", f"{n} " + "Samenwerkingsverband " * 4) for n in range(20)),
    ),
    "start_where_off": lambda: replace(FIRST, where=False, language="en"),
    "start_saved": lambda: STARTED,
    "start_saved_quiet": lambda: replace(STARTED, quiet=True),
    "start_saved_unchanged": lambda: replace(STARTED, changed=False),
    "start_saved_nothing": lambda: StartedView((None,) * 5, TODAY, others=(TEAM,)),
    "start_saved_where_off": lambda: StartedView((None,) * 5, TODAY, language="en", where=False),
    "start_later": LaterView,
    "start_resumed": lambda: ResumedView((TEAM, GROUP), (TEAM,)),
    "start_resumed_alone": ResumedView,
}

"""What somebody can mean by `/reach`."""

from dataclasses import dataclass

from bot.domain.reach.rules import Settings


@dataclass(frozen=True, slots=True)
class ShowRules:
    """My own rules; `problem` says why nothing was changed: "unclear", "address", "hours" or "nothing"."""

    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SetRules:
    """Set my rules to absolute values; what is not named stays. `undo`: the values come from an undo button."""

    settings: Settings
    undo: bool = False


@dataclass(frozen=True, slots=True)
class ShareReach:
    """Show a team how to reach me, or stop doing so; `team` None = the team spoken in, or my only one."""

    on: bool
    team: str | None = None


@dataclass(frozen=True, slots=True)
class FindColleague:
    """How to reach somebody: mentioned, pressed, or named by words of their name."""

    words: tuple[str, ...] = ()  # to compare with names in memory; never shown or kept
    channel_user_id: str | None = None
    user_id: str | None = None


Intent = ShowRules | SetRules | ShareReach | FindColleague

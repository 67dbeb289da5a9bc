"""What is typed after `/admin`, and what its buttons say: the same intents."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.admin import (
    MOST_PAGES,
    AskDecision,
    AskMinimum,
    AskOff,
    Draft,
    Intent,
    SetMinimum,
    ShowHealth,
    ShowLog,
    ShowOrganisation,
    SwitchOff,
    SwitchOn,
    clean_line,
    decided,
    leading_date,
    reference_and_agreement,
    wrong_line,
)
from bot.domain.capabilities import Capability
from bot.domain.words import Lexicon
from bot.turn import Ask

_MOST_DIGITS = 6


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    """`on where 20-11-2026 Decision 12, agreed: council`, `off where`, `minimum 8`, `log 2`, `health`, or nothing."""
    if not text.strip():
        return ShowOrganisation()
    match = lexicon.phrase("admin", text)
    if match is None:
        return ShowOrganisation("unknown_act")
    if match.key in {"on", "off"}:
        return _switch(match.key, match.rest, lexicon, ask)
    if match.key == "minimum":
        return _minimum(match.rest.strip())
    if match.key == "log":
        return ShowLog(_page(match.rest.strip()))
    return ShowHealth() if match.key == "health" else ShowOrganisation("unknown_act")


def _switch(way: str, text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    word = lexicon.phrase("capability", text)
    if word is None:
        return ShowOrganisation("which")
    capability = Capability(word.key)
    if way == "off":
        return _off(capability, word.rest, sure=ask.slashed)
    if not word.rest.strip():
        return AskDecision(capability)
    day, rest = leading_date(word.rest, lexicon, ask.today)
    return _on(capability, Draft(day, *reference_and_agreement(rest, lexicon)), ask)


def _on(capability: Capability, draft: Draft, ask: Ask) -> Intent:
    decision = decided(draft, ask.today)
    if isinstance(decision, str):
        return AskDecision(capability, draft, decision)
    return SwitchOn(capability, decision)


def _off(capability: Capability, reason: str, *, sure: bool) -> Intent:
    """It ends something for everybody: without the slash or the second button it is asked first (promise 6)."""
    reason = clean_line(reason)
    problem = wrong_line(reason)
    return SwitchOff(capability, reason) if sure and not problem else AskOff(capability, reason, problem)


def _minimum(text: str) -> Intent:
    if not text:
        return AskMinimum()
    return SetMinimum(int(text)) if _is_number(text) else AskMinimum("no_number")


def _page(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if _is_number(text) else 1


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def _capability(data: Mapping[str, Any]) -> Capability | None:
    said = data.get("capability")
    return Capability(said) if isinstance(said, str) and said in list(Capability) else None


def _filled_in(data: Mapping[str, Any], field: str) -> str:
    said = data.get(field)
    return clean_line(said) if isinstance(said, str) else str(said) if isinstance(said, int) else ""


def _press_form(data: Mapping[str, Any], _ask: Ask) -> Intent | None:
    capability = _capability(data)
    return AskDecision(capability) if capability else None


def _press_on(data: Mapping[str, Any], ask: Ask) -> Intent | None:
    capability = _capability(data)
    try:
        day = date.fromisoformat(_filled_in(data, "decided"))
    except ValueError:
        day = None
    draft = Draft(day, _filled_in(data, "reference"), _filled_in(data, "agreed"))
    return _on(capability, draft, ask) if capability else None


def _press_off(data: Mapping[str, Any], _ask: Ask, *, sure: bool) -> Intent | None:
    capability = _capability(data)
    return _off(capability, _filled_in(data, "reason"), sure=sure) if capability else None


VERBS = {
    "admin.show": lambda _data, _ask: ShowOrganisation(),
    "admin.form": _press_form,
    "admin.on": _press_on,
    "admin.ask_off": lambda data, ask: _press_off(data, ask, sure=False),
    "admin.off": lambda data, ask: _press_off(data, ask, sure=True),
    "admin.ask_minimum": lambda _data, _ask: AskMinimum(),
    "admin.minimum": lambda data, _ask: _minimum(_filled_in(data, "number")),
    "admin.log": lambda data, _ask: ShowLog(_page(_filled_in(data, "page"))),
    "admin.health": lambda _data, _ask: ShowHealth(),
}

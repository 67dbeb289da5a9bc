"""What Teams and the calendar show of a focus time by now, a line for each of the three."""

from collections.abc import Iterator, Mapping

from cards.catalogue import Texts, marked
from cards.elements import Sheet
from cards.focus.points import points
from cards.focus.views import FocusSession
from cards.focus.wording import clock

# What stands before a line beside its words: nothing is said by the mark alone.
MARKS = {"done": "✓ ", "covered": "✓ ", "busy": "… ", "later": "… ", "failed": "! "}
AVAILABILITY = {"quiet": marked("Do not disturb"), "reachable": marked("Busy")}
AHEAD: Mapping[str, Mapping[str, str]] = {
    "presence": {
        "done": marked("Teams status: {shown} until {until}"),
        "busy": marked("Teams status: setting {shown}"),
        "later": marked("Teams status: {shown} from {start}"),
        "theirs": marked("Teams status: your own, which I leave alone"),
        "failed": marked("Teams status: {shown} could not be set yet"),
        "unconnected": marked("Teams status: not connected"),
        "off": marked("Teams status: stays as it is"),
    },
    "status": {
        "done": marked("Status message: “{text}”"),
        "busy": marked("Status message: writing “{text}”"),
        "later": marked("Status message from {start}: “{text}”"),
        "theirs": marked("Status message: your own; I write none"),
        "failed": marked("Status message: could not be written yet"),
        "unconnected": marked("Status message: not connected"),
        "off": marked("Status message: none, as you have set it"),
    },
    "block": {
        "done": marked("Calendar: a private block from {start} to {until}"),
        "busy": marked("Calendar: making a private block"),
        "later": marked("Calendar: a private block, when it begins"),
        "theirs": marked("Calendar: you changed the block or took it out; I leave it alone"),
        "covered": marked("Calendar: you already had focus time there. It counts; I add nothing."),
        "absent": marked("Calendar: yours is not in Microsoft 365; I put nothing in it"),
        "failed": marked("Calendar: the block could not be made yet"),
        "unconnected": marked("Calendar: not connected"),
        "off": marked("Calendar: no block"),
    },
}
# What was never there needs no line afterwards.
ENDED: Mapping[str, Mapping[str, str]] = {
    "presence": {
        "done": marked("Teams status: {shown} is gone"),
        "busy": marked("Teams status: taking {shown} away"),
        "theirs": marked("Teams status: your own, which I left alone"),
        "failed": marked("Teams status: {shown} could not be taken away; it ends by itself at {until}"),
    },
    "status": {
        "done": marked("Status message: gone"),
        "busy": marked("Status message: taking it away"),
        "theirs": marked("Status message: your own, which I left alone"),
        "failed": marked("Status message: could not be taken away; it ends by itself at {until}"),
    },
    "block": {
        "done": marked("Calendar: the block is gone"),
        "busy": marked("Calendar: taking the block away"),
        "theirs": marked("Calendar: what you changed there, I left alone"),
        "covered": marked("Calendar: your own focus time is still there"),
        "failed": marked("Calendar: the block could not be taken away yet"),
    },
}


def states(session: FocusSession) -> dict[str, str]:
    """How far each of the three is."""
    return {"presence": session.presence, "status": session.status, "block": session.block}


def has(session: FocusSession, state: str) -> bool:
    """Whether one of the three is that far."""
    return state in states(session).values()


def is_connected(session: FocusSession) -> bool:
    """Whether there is anything to tell of Teams and the calendar."""
    return any(state not in ("unconnected", "off") for state in states(session).values())


def trace_lines(sheet: Sheet, session: FocusSession, *, ended: bool = False, lost: bool = False) -> None:
    """A line for each, and below them what everybody who sees one wonders about; `lost`: trying again would not help."""
    t = sheet.t
    lines = list(_lines(t, session, ENDED if ended else AHEAD))
    if not lines:
        return
    sheet.heading(t("In Teams and your calendar"))
    points(sheet, lines)
    if has(session, "failed") and not lost:
        sheet.say(t("It did not work at Microsoft. I keep trying; you can also press the button."))
    if not ended and session.presence in ("done", "busy"):
        _consequences(sheet, session)


def _lines(t: Texts, session: FocusSession, words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    until, start, shown = clock(session.ends), clock(session.starts), t(AVAILABILITY[session.mode])
    for name, state in states(session).items():
        sentence = words[name].get(state)
        if sentence:
            said = t(sentence, until=until, start=start, shown=shown, text=session.text or "…")
            yield f"{MARKS.get(state, '')}{said}"


def _consequences(sheet: Sheet, session: FocusSession) -> None:
    t = sheet.t
    follows = t("Teams follows on all your devices within a few minutes.")
    if session.mode == "quiet":
        rings = t("Calls do not ring, except from people with priority access.")
    else:
        rings = t("Calls and messages still come through.")
    sheet.say(f"{follows} {rings}", subtle=True)

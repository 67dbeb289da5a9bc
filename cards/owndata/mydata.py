"""Everything about me: to read, and for machines."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_datetime

from cards.admin.wording import ACTS
from cards.catalogue import Texts, marked, texts
from cards.dates import LOCALES, in_words
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.focus.wording import MODES
from cards.names import plain
from cards.owndata.views import DataRow, JsonPartView, MyDataView, Value
from cards.where.wording import HALVES, KINDS, PLACES, capital

# What stands before a value; empty where the value says itself what it is. A test knows every column of every table.
COLUMNS: Mapping[str, str] = {
    "day": "",
    "weekday": "",
    "part": "",
    "place": "",
    "named": "",
    "kind": "",
    "weeks": "",
    "urgency": "",
    "route": "",
    "mode": "",
    "name": marked("name"),
    "team_id": marked("team"),
    "place_id": marked("site"),
    "act": marked("act"),
    "subject": marked("about"),
    "zone": marked("time zone"),
    "language": marked("language"),
    "paused_until": marked("pause until"),
    "stopped": marked("stopped"),
    "offer_after": marked("first card not before"),
    "leaving_since": marked("left on"),
    "unreachable_since": marked("no message could be delivered since"),
    "gone_since": marked("no longer in this team since"),
    "within_minutes": marked("within minutes"),
    "from_minute": marked("from"),
    "until_minute": marked("until"),
    "minute": marked("time"),
    "next_at": marked("next looked at on"),
    "last_on": marked("last sent on"),
    "until": marked("last day"),
    "at": marked("on"),
    "guest": marked("guest"),
    "targeted": marked("only visible to you"),
    "due_at": marked("due on"),
    "made_at": marked("made on"),
    "minutes": marked("minutes"),
    "end_line": marked("a line at the end"),
    "status": marked("a status message in Teams"),
    "unapproved": marked("told that an administrator has to approve Microsoft 365"),
    "starts_at": marked("begins at"),
    "ends_at": marked("ends at"),
    "stopped_at": marked("stopped at"),
    "over_at": marked("kept until a day after"),
    "learning": marked("to learn"),
    "outside": marked("may be outside your working hours"),
    "called_off": marked("called off"),
    "presence_hold": marked("Teams status"),
    "presence_until": marked("Teams status until"),
    "status_hold": marked("status message"),
    "status_until": marked("status message until"),
    "block_hold": marked("block in your calendar"),
    "block_until": marked("block in your calendar until"),
}
# Ids and addresses, which help nobody to read: they stand in the JSON only.
TECHNICAL = frozenset(
    {
        *("user_id", "actor_id", "id", "channel_user_id", "conversation", "activity", "service_url", "channel"),
        *("scope", "bot_id", "bot_name", "batch", "position", "attempts", "owner", "asked_at"),
        *(
            "presence_stamp",
            "presence_what",
            "status_stamp",
            "status_what",
            "block_stamp",
            "block_what",
            "touched",
            "told",
        ),
    }
)
HOLDS = {
    "none": marked("nothing done yet"),
    "asked": marked("being set by Samen"),
    "ours": marked("set by Samen"),
    "renewing": marked("set by Samen, being changed"),
    "clearing": marked("being taken away by Samen"),
    "theirs": marked("not Samen’s, left as it is"),  # their own, or switched off
    "gone": marked("nothing of Samen left"),
    "absent": marked("not in Microsoft 365"),
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "act": ACTS,
    "place": PLACES,
    "kind": {**KINDS, "week": marked("the question about your week"), "today": marked("your day")},
    "part": HALVES,
    "weeks": {"every": marked("every week"), "even": marked("even weeks"), "odd": marked("odd weeks")},
    "urgency": {"normal": marked("for normal things"), "urgent": marked("for urgent things")},
    "route": {
        "chat": marked("by chat"),
        "call": marked("by calling"),
        "mail": marked("by mail"),
        "desk": marked("at my desk"),
    },
    "mode": MODES,
    "called_off": {
        "deleted": marked("you took the block out of your calendar"),
        "moved": marked("you moved the block to a time that cannot be"),
        "away": marked("you do not work then"),
        "paused": marked("you pause then"),
        "off": marked("your organisation switched it off"),
    },
    **dict.fromkeys(("presence_hold", "status_hold", "block_hold"), HOLDS),
}
IN_TEXT = marked("The same for other programs (JSON) is in the next message, with ids and technical details.")
IN_A_FILE = marked(
    "The same for other programs (JSON), with ids and technical details, is offered as a file in the next message. "
    "If you see no file, get it as text."
)
MINUTES = {"from_minute", "until_minute", "minute"}
MOST_LINES = 100
MONDAY = date(2026, 11, 23)


def draw_my_data(view: MyDataView, language: str) -> Drawn:
    """Every row in a line, by table."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Your data"), _part(t, view.part, view.of))
    if not view.sections:
        sheet.say(t("I keep nothing about you."))
    for section in view.sections:
        sheet.heading(capital(t(section.title)))
        sheet.bullets([_line(t, row) for row in section.rows], most=MOST_LINES)
    if view.part == view.of:
        if view.sections:
            sheet.say(t(IN_A_FILE if view.file else IN_TEXT))
        if view.first:
            sheet.say(t("Copy what you want to keep: I replace these messages tonight."))
        as_text = [button(t, t("As text"), "mydata.text")] if view.file else []
        sheet.buttons([*as_text, button(t, t("Your privacy"), "privacy.show")])
        examples = [*([t("/mydata text")] if view.file else []), t("/privacy"), t("/forget")]
        sheet.hint(t("Or type: {examples}", examples=" · ".join(examples)))
    return sheet.done()


def draw_json_part(view: JsonPartView, language: str) -> Drawn:
    """The JSON in a block of code: clients copy that as it is."""
    t = texts(language)
    heading = t("Your data for other programs (JSON)")
    part = _part(t, view.part, view.of)
    return Drawn(
        None, "\n\n".join([f"{heading}, {part}" if part else heading, f"```json\n{view.text}\n```"]), "markdown"
    )


def _part(t: Texts, part: int, of: int) -> str | None:
    return t("part {part} of {of}", part=part, of=of) if of > 1 else None


def _line(t: Texts, row: DataRow) -> str:
    return " · ".join(_said(t, name, value) for name, value in row if name not in TECHNICAL) or t(
        "technical details only"
    )


def _said(t: Texts, name: str, value: Value) -> str:
    label, words = COLUMNS.get(name, name), _value(t, name, value)
    return t("{label}: {value}", label=t(label), value=words) if label else words


def _value(t: Texts, name: str, value: Value) -> str:
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, datetime):
        return format_datetime(value, "d MMM y HH:mm", locale=LOCALES.get(t.language, "en_GB"))
    if isinstance(value, date):
        return in_words(t, value, "EEE d MMM y")
    if isinstance(value, int):
        return _number(t, name, value)
    if name == "place" and not value:
        return t("nothing")  # emptied against the pattern
    known = VALUES.get(name, {}).get(value)
    return t(known) if known else plain(value)


def _number(t: Texts, name: str, value: int) -> str:
    if name == "weekday":
        return in_words(t, MONDAY.replace(day=MONDAY.day + value % 7), "EEEE")
    return f"{value // 60:02}:{value % 60:02}" if name in MINUTES else str(value)

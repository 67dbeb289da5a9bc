"""`/mydata` (`/mijngegevens`): everything that is kept about me, to read and for other programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.dispatcher import Command
from bot.domain.owndata import Kept
from bot.domain.words import Lexicon
from bot.services import ReadUnit, Services
from bot.turn import Answer, Ask, Upload
from cards import View
from cards.owndata import DataRow, DataSection, FileOfferView, FileView, JsonPartView, MyDataView

# Teams refuses messages of about 28 KB; a part has words around it.
MOST_BYTES = 18_000
MOST_ROWS = 60
# No block of code and no markup may end within the text: in JSON these are the same characters.
ESCAPED = str.maketrans({"`": "\\u0060", "<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShowData:
    """Show me everything."""


@dataclass(frozen=True, slots=True)
class ShowText:
    """Only what is for other programs, as text."""


@dataclass(frozen=True, slots=True)
class MakeFile:
    """The offered file is welcome."""


@dataclass(frozen=True, slots=True)
class NoFile:
    """It is not."""


Intent = ShowData | ShowText | MakeFile | NoFile


def understand(text: str, lexicon: Lexicon, _ask: Ask) -> Intent:
    """`text`, or whatever is typed behind it: these are one's own data, and nobody else's."""
    return ShowText() if lexicon.phrase("mydata", text) else ShowData()


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Read at this moment; nothing of it is stored in between, so a file holds what there is when it is taken."""
    if isinstance(intent, NoFile):
        return Answer(FileView("declined"))
    async with services.units.read(ask.turn.key.tenant) as unit:
        kept = [one for one in await unit.own.of(ask.user_id) if one.rows]
        names = {**{place.id: place.name for place in ask.places}, **await _teams(unit, kept)}
    now = services.clock.now()
    if isinstance(intent, MakeFile):
        return Answer(upload=Upload(as_file(ask, kept, now), FileView("saved"), FileView("failed")))
    parts: list[View] = [*for_programs(ask, kept, now)]
    if isinstance(intent, ShowText) and parts:
        return Answer(more=tuple(parts))
    file = ask.turn.files and bool(parts)
    offer = [FileOfferView(ask.today, len(as_file(ask, kept, now)))] if file else parts
    first, *more = to_read(kept, names, ask, file=file)
    return Answer(first, more=(*more, *offer))


async def _teams(unit: ReadUnit, kept: Sequence[Kept]) -> Names:
    ids = {str(row["team_id"]) for one in kept for row in one.rows if row.get("team_id")}
    found = [await unit.teams.get(team_id) for team_id in sorted(ids)]
    return {team.id: team.name for team in found if team and team.name}


def to_read(kept: Sequence[Kept], names: Names, ask: Ask, *, file: bool = False) -> list[View]:
    """Every row in words, some dozens a message."""
    pages: list[list[DataSection]] = [[]]
    room = MOST_ROWS
    for one in kept:
        rows = [_row(row, names, ask.zone) for row in sorted(one.rows, key=_in_time)]
        while rows:
            if not room:
                pages.append([])
                room = MOST_ROWS
            pages[-1].append(DataSection(one.keeping.title, tuple(rows[:room])))
            rows, room = rows[room:], max(0, room - len(rows))
    first = ask.today if kept else None
    return [MyDataView(tuple(page), n, len(pages), first, file) for n, page in enumerate(pages, 1)]


def _in_time(row: Mapping[str, object]) -> tuple[str, bool]:
    """As text "afternoon" would come before "morning"."""
    begins = row.get("weeks", ""), row.get("weekday", ""), row.get("day", ""), row.get("starts_at", "")
    return "".join(map(str, begins)), row.get("part") == "afternoon"


def _row(row: Mapping[str, object], names: Names, zone: str) -> DataRow:
    return tuple((name, _value(value, names, zone)) for name, value in row.items() if value is not None)


def _value(value: object, names: Names, zone: str) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone))
    return names.get(value, value) if isinstance(value, str) else value


def for_programs(ask: Ask, kept: Sequence[Kept], now: datetime) -> list[View]:
    """The same rows as JSON, each part a whole document of its own; none when there is nothing."""
    texts = [_document(_head(ask, now), tables) for tables in _packed(kept)]
    first = ask.today if kept else None
    return [JsonPartView(text, n, len(texts), first) for n, text in enumerate(texts, 1)]


def as_file(ask: Ask, kept: Sequence[Kept], now: datetime) -> bytes:
    """All rows in one document; its tables are empty when there is nothing."""
    return _document(_head(ask, now), {one.name: [_dumped(row) for row in one.rows] for one in kept}).encode()


def _head(ask: Ask, now: datetime) -> str:
    return f'"about": {_dumped(ask.user_id)}, "made_at": {_dumped(now)},'


def _packed(kept: Sequence[Kept]) -> Iterator[dict[str, list[str]]]:
    """The rows by table, as many as fit in a message."""
    tables: dict[str, list[str]] = {}
    size = 0
    for one in kept:
        for row in one.rows:
            text = _dumped(row)
            if tables and size + len(text.encode()) > MOST_BYTES:
                yield tables
                tables, size = {}, 0
            tables.setdefault(one.name, []).append(text)
            size += len(text.encode())
    if tables:
        yield tables


def _document(head: str, tables: Mapping[str, Sequence[str]]) -> str:
    """A row a line."""
    listed = [f"{_dumped(name)}: [\n" + ",\n".join(rows) + "\n]" for name, rows in tables.items()]
    return "{" + head + "\n" + '"tables": {\n' + ",\n".join(listed) + "\n}}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_moment).translate(ESCAPED)


def _moment(value: date | datetime) -> str:
    return value.isoformat()


MYDATA = Command(
    name="mydata",
    parse=understand,
    handle=handle,
    verbs={
        "mydata.show": lambda _data, _ask: ShowData(),
        "mydata.text": lambda _data, _ask: ShowText(),
        "mydata.file": lambda _data, _ask: MakeFile(),
        "mydata.nofile": lambda _data, _ask: NoFile(),
    },
)

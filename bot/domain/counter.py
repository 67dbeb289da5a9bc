"""Counter staffing: how many a team needs when, whether the plans cover it, and when to ask for help."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.days import SATURDAY, DayPart, Slot, whole_day
from bot.domain.places import NAMEABLE, Kind, NamedPlace, Place, WorkLocation
from bot.domain.sites import Closure
from bot.domain.together import Together, week_parts
from bot.domain.where.board import Plan
from bot.domain.where.sentence import Context, Lexeme, Sentence, is_too_long, read
from bot.domain.words import Lexicon
from bot.domain.working import HOURS, is_awake

MOST_PEOPLE = 20
WORDS_TO = 12  # numbers are known in words up to this one
ASKED_FROM = time(10)  # local, on the working day before
AGAIN_AFTER = timedelta(hours=1)  # "it is busy" is said once an hour
AHEAD = 7  # days: every need comes by once
ANY_COUNTER = WorkLocation(Place.SITE, None, Kind.COUNTER)
# The cards that ask a team for help: where the plans leave it short, and where somebody said that it is busy.
SHORT_CARD, BUSY_CARD = "counter.short", "counter.busy"
_LETTERS = {"m": DayPart.MORNING, "a": DayPart.AFTERNOON}


@dataclass(frozen=True, slots=True)
class Need:
    """So many people at the counter on this day-part of every week, Monday = 0; `named` is the id of a place."""

    weekday: int
    part: DayPart
    people: int
    named: str | None = None


@dataclass(frozen=True, slots=True)
class ShowCounter:
    """The counter of a team; `team` None = the team spoken in, or my first."""

    team: str | None = None


@dataclass(frozen=True, slots=True)
class SetNeed:
    """From now on so many are needed then; none with 0."""

    parts: Together
    people: int
    named: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """It is busy now: ask the team once."""

    team: str | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """I can: my own plan for this day-part becomes the counter."""

    slot: Slot
    team: str


@dataclass(frozen=True, slots=True)
class Busy:
    """That it is busy, said at a moment when so many of those who share were at the counter: the subject of a card."""

    slot: Slot
    at: datetime
    there: int

    @property
    def subject(self) -> str:
        return f"{slot_text(self.slot)}/{self.at.isoformat()}/{self.there}"

    @classmethod
    def read(cls, subject: str) -> "Busy | None":
        slot, _, rest = subject.partition("/")
        at, _, there = rest.partition("/")
        known = to_slot(slot)
        return cls(known, datetime.fromisoformat(at), int(there)) if known else None


def to_slot(text: object) -> Slot | None:
    """The day-part that a card or a button carries: "2026-11-23.m"; None for anything else."""
    day, _, letter = text.partition(".") if isinstance(text, str) else ("", "", "")
    if letter not in _LETTERS or len(day) != len("2026-11-23"):
        return None
    try:
        return Slot(date.fromisoformat(day), _LETTERS[letter])
    except ValueError:
        return None


def slot_text(slot: Slot) -> str:
    return f"{slot.day.isoformat()}.{'m' if slot.part is DayPart.MORNING else 'a'}"


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why nothing was set: "days", "half" (of the day), "number" (none of ours), "missing" (no number) or "site"."""

    problem: str


Intent = ShowCounter | SetNeed | AskForHelp | Help | Unclear


def parse(text: str, lexicon: Lexicon, context: Context) -> Intent:
    """What somebody means by the words after `/counter`."""
    if not text.strip():
        return ShowCounter()
    word = lexicon.phrase("counter", text)
    if word and word.key == "busy" and not word.rest.strip():
        return AskForHelp()
    return Unclear("days") if is_too_long(text) else _need(text, lexicon, context)


def _need(text: str, lexicon: Lexicon, context: Context) -> SetNeed | Unclear:
    """Days, how many, and perhaps where: "ma t/m vr ochtend 2 Stadskantoor"."""
    sentence = read(text, lexicon, context)
    counts = _counts(sentence, lexicon)
    names = [each for each in sentence.lexemes if each.names]
    noise = [each for each in sentence.lexemes if each.text in lexicon.texts("counter", "people")]
    odd = any(_is_signed(each, sentence) or _is_fraction(each, sentence) for each in counts)
    if len(counts) != 1 or len(names) > 1 or odd:
        plain = week_parts(_without(sentence, [*counts, *names, *noise, *_signs(counts, sentence)]), lexicon, context)
        return Unclear(("number" if odd else "days" if counts else "missing") if plain else "days")
    start = sentence.tokens[counts[0].first].start
    said = _without(sentence, [*counts, *names, *noise])
    readings = week_parts(said, lexicon, context)
    if len(readings) != 1:
        stray = said[start:].strip() and week_parts(said[:start], lexicon, context)
        return Unclear("half" if readings else "site" if stray else "days")
    people = _count(counts[0], lexicon) or _in_words(counts[0], lexicon) or 0
    if people > MOST_PEOPLE:
        return Unclear("number")
    return SetNeed(readings[0], people, names[0].names[0].id if names else None)


def _counts(sentence: Sentence, lexicon: Lexicon) -> list[Lexeme]:
    """What says how many: numbers, else a word for one at the end or right before "mensen" or a place."""
    counts = [each for each in sentence.lexemes if _count(each, lexicon) is not None]
    words = [
        each
        for each, following in pairwise((*sentence.lexemes, None))
        if each
        and _in_words(each, lexicon) is not None
        and (following is None or following.names or following.text in lexicon.texts("counter", "people"))
    ]
    return counts or words


def _is_signed(count: Lexeme, sentence: Sentence) -> bool:
    """Whether a number has a minus of its own: "-1", and not the "2" of "ma-2"."""
    at, tokens = count.first, sentence.tokens
    return at > 0 and tokens[at].glued and tokens[at - 1].text == "-" and not tokens[at - 1].glued


def _is_fraction(count: Lexeme, sentence: Sentence) -> bool:
    """Whether a number goes on behind a comma or a point: "2,5"."""
    after = sentence.tokens[count.last + 1 : count.last + 3]
    if not all(token.glued for token in after):
        return False
    return "".join(token.text for token in after[:1]) in {",", "."} and after[-1].text.isdecimal()


def _signs(counts: Iterable[Lexeme], sentence: Sentence) -> list[Lexeme]:
    """The signs and points of odd numbers, which are no words either."""
    beside = {each.first - 1 for each in counts if _is_signed(each, sentence)}
    beside |= {each.last + 1 for each in counts if _is_fraction(each, sentence)}
    return [each for each in sentence.lexemes if each.first in beside]


def _in_words(lexeme: Lexeme, lexicon: Lexicon) -> int | None:
    """The number that a word says: "twee"."""
    return next((n for n in range(1, WORDS_TO + 1) if lexeme.text in lexicon.texts("amount", str(n))), None)


def _count(lexeme: Lexeme, lexicon: Lexicon) -> int | None:
    """How many a word or number says; more than anybody may ask for is only known to be too many."""
    if lexeme.is_a("number"):
        digits = len(str(MOST_PEOPLE))
        return lexeme.number(digits) if len(lexeme.text) <= digits else MOST_PEOPLE + 1
    return 0 if lexeme.text in lexicon.texts("counter", "none") else None


def _without(sentence: Sentence, lexemes: Iterable[Lexeme]) -> str:
    """The text with these words blanked, everything else where it stood."""
    letters = list(sentence.text)
    for lexeme in lexemes:
        start, end = sentence.tokens[lexeme.first].start, sentence.tokens[lexeme.last].end
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def begins(slot: Slot, zone: ZoneInfo) -> datetime:
    """When a day-part begins, in the team's zone."""
    return datetime.combine(slot.day, HOURS[slot.part][0], zone)


def is_over(slot: Slot, now: datetime, zone: ZoneInfo) -> bool:
    return now >= ends(slot, zone)


def next_slots(needs: Iterable[Need], now: datetime, zone: ZoneInfo) -> tuple[tuple[Slot, Need], ...]:
    """When each need comes by next, in order of time; a day-part that is over comes a week later."""
    today = now.astimezone(zone).date()
    by_part = {(need.weekday, need.part): need for need in needs}
    slots = [slot for days in range(AHEAD + 1) for slot in whole_day(today + timedelta(days=days))]
    found: dict[tuple[int, DayPart], Slot] = {}
    for slot in slots:
        key = (slot.day.weekday(), slot.part)
        if key in by_part and not is_over(slot, now, zone):
            found.setdefault(key, slot)
    return tuple((slot, by_part[key]) for key, slot in sorted(found.items(), key=lambda one: one[1].sort_key()))


def may_ask(slot: Slot, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the team may be asked about a day-part now: from the working day before, not at night or at the weekend."""
    local = now.astimezone(zone)
    first = datetime.combine(working_day_before(slot.day), ASKED_FROM, zone)
    working = local.weekday() < SATURDAY or local.date() == slot.day
    return first <= local < begins(slot, zone) and working and is_awake(local)


def working_day_before(day: date) -> date:
    """The Monday to Friday before a day."""
    day -= timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day


def now_slot(now: datetime, zone: ZoneInfo) -> Slot | None:
    """The day-part that it is; None outside working time, when nobody can help."""
    local = now.astimezone(zone)
    under_way = (part for part, (start, end) in HOURS.items() if start <= local.time() < end)
    part = next(under_way, None)
    return Slot(local.date(), part) if part else None


def is_open(day: date, needs: Iterable[Need]) -> bool:
    """Whether a team may say on this day that it is busy: Monday to Friday, and when it set a need for such a day."""
    return day.weekday() < SATURDAY or any(need.weekday == day.weekday() for need in needs)


def ends(slot: Slot, zone: ZoneInfo) -> datetime:
    """When a day-part is over, in the team's zone."""
    return datetime.combine(slot.day, HOURS[slot.part][1], zone)


def is_closed(need: Need | None, slot: Slot, closures: Iterable[Closure]) -> bool:
    """Whether the place of a need is closed then: nobody is wanted at its counter."""
    return need is not None and any((one.place_id, one.slot) == (need.named, slot) for one in closures)


def is_covered(need: Need, slot: Slot, plans: Mapping[str, Plan]) -> bool:
    """Whether enough of the colleagues who share planned the counter then; an office without a name may be the one."""
    return at_it(need.named, slot, plans) >= need.people


def at_it(named: str | None, slot: Slot, plans: Mapping[str, Plan]) -> int:
    """How many of these colleagues planned the counter of that place then; of any place (None)."""
    there = (plan.get(slot) for plan in plans.values())
    return sum(1 for location in there if location and _is_at(location, named))


def _is_at(location: WorkLocation, named: str | None) -> bool:
    return location.kind is Kind.COUNTER and (named is None or location.named == named or location == ANY_COUNTER)


def sites_of(places: tuple[NamedPlace, ...]) -> tuple[NamedPlace, ...]:
    """The sites that one can work at."""
    return tuple(one for one in places if one.place is Place.SITE and not one.retired)


def at_counter(named: str | None, planned: WorkLocation | None, places: tuple[NamedPlace, ...]) -> WorkLocation:
    """Where somebody who helps will be: at the counter's place, else where they planned to be if it may have one."""
    place = next((one for one in places if one.id == named and not one.retired), None)
    if place:
        return WorkLocation(place.place, place.id, Kind.COUNTER)
    if planned and planned.place in NAMEABLE:
        return WorkLocation(planned.place, planned.named, Kind.COUNTER)
    sites = sites_of(places)
    return WorkLocation(Place.SITE, sites[0].id if len(sites) == 1 else None, Kind.COUNTER)

"""Focus times and what can be chosen, in words."""

from datetime import UTC, date, datetime, timedelta
from math import ceil

from cards.catalogue import Texts, marked
from cards.dates import long_day, short_day
from cards.focus.verbs import HOUR
from cards.focus.views import FocusExtend, FocusSession, FocusSet, FocusStart, FocusStop, FocusWhich, Moment, Offer
from cards.where.wording import capital, half_words

LONGER, LONGEST = timedelta(minutes=30), timedelta(hours=4)
MODES = {"quiet": marked("quiet"), "reachable": marked("reachable")}


def clock(moment: datetime) -> str:
    """A time of day: "9:00"."""
    return minute_words(moment.hour * HOUR + moment.minute)


def minute_words(minute: int) -> str:
    return f"{minute // HOUR}:{minute % HOUR:02}"


def minutes_between(first: datetime, last: datetime) -> int:
    """Whole minutes, counted up; a change of the clock between them is no time that passes."""
    return max(0, ceil((last.timestamp() - first.timestamp()) / 60))


def long_words(t: Texts, minutes: int) -> str:
    """How long: "50 min", "2 uur", "1 uur 30 min"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return t("{minutes} min", minutes=rest)
    return t("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else t("{hours} h", hours=hours)


def half_an_hour_more(session: FocusSession) -> datetime:
    """The end with half an hour more, or with what is left of the longest."""
    latest = session.starts.astimezone(UTC) + LONGEST
    return min(session.ends.astimezone(UTC) + LONGER, latest).astimezone(session.ends.tzinfo)


def way_words(t: Texts, session: FocusSession) -> str:
    """How undisturbed: "stil", "leren, bereikbaar"."""
    mode = t(MODES[session.mode])
    return t("learning time, {mode}", mode=mode) if session.learning else mode


def span_words(t: Texts, starts: datetime, ends: datetime) -> str:
    """From one time to another: "9:00 tot 11:00"; with its length where the clock changes in between."""
    span = t("{start} to {end}", start=clock(starts), end=clock(ends))
    if starts.utcoffset() == ends.utcoffset():
        return span
    return f"{span} ({long_words(t, minutes_between(starts, ends))})"


def session_words(t: Texts, session: FocusSession, today: date) -> str:
    """A whole focus time: "wo 25 nov, 9:00 tot 11:00, stil"; today without its day."""
    day = session.starts.date()
    times = span_words(t, session.starts, session.ends)
    return ", ".join([*([] if day == today else [near_day(t, day, today)]), times, way_words(t, session)])


def near_day(t: Texts, day: date, today: date) -> str:
    """A day, short: "vandaag", "morgen", "do 26 nov"."""
    near = {today: t("today"), today + timedelta(days=1): t("tomorrow")}
    return near.get(day) or short_day(t, day)


def whole_day(t: Texts, day: date, today: date) -> str:
    return capital(long_day(t, day, today))


def offer_words(t: Texts, offer: Offer, today: date, usual: int) -> str:
    """What a choice would do, without the words that somebody typed."""
    match offer:
        case FocusStop():
            return t("stop now")
        case FocusExtend(until):
            return t("until {time}", time=clock(until))
        case FocusWhich(starts=starts, to=to):
            when = moment_words(t, moment_of(starts), today)
            return t("call off {when}", when=when) if to is None else t("change {when}", when=when)
        case FocusSet():
            return ", ".join(set_words(t, offer))
        case FocusStart():
            return ", ".join(_start_words(t, offer, today, usual))


def _start_words(t: Texts, start: FocusStart, today: date, usual: int) -> list[str]:
    until = start.until.minute if start.until else None
    if start.at and start.at.minute is not None and until is not None:
        day = [] if start.at.day == today else [near_day(t, start.at.day, today)]
        span = t("{start} to {end}", start=minute_words(start.at.minute), end=minute_words(until))
        when = [" ".join([*day, span])]
    elif until is not None:
        when = [moment_words(t, start.at, today), t("until {time}", time=minute_words(until))]
    else:
        when = [moment_words(t, start.at, today), long_words(t, start.minutes or usual)]
    mode = [t(MODES[start.mode])] if start.mode else []
    learning = [t("learning time")] if start.learning else []
    return [*when, *mode, *learning, *([t("with your subject")] if start.subject else [])]


def moment_words(t: Texts, at: Moment | None, today: date) -> str:
    """When: "nu", "13:00", "morgen 9:00", "do 26 nov ’s ochtends"."""
    if at is None:
        return t("right now")
    day = near_day(t, at.day, today)
    if at.minute is not None:
        return minute_words(at.minute) if at.day == today else f"{day} {minute_words(at.minute)}"
    return f"{day} {half_words(t, at.part)}" if at.part else day


def moment_of(moment: datetime) -> Moment:
    """Its day and time of day."""
    return Moment(moment.date(), moment.hour * HOUR + moment.minute)


def set_words(t: Texts, said: FocusSet) -> list[str]:
    """What would be usual: "meestal 25 min", "statusbericht uit"."""
    words = [t("usually {length}", length=long_words(t, said.minutes))] if said.minutes else []
    words += [t("usually {mode}", mode=t(MODES[said.mode]))] if said.mode else []
    if said.end_line is not None:
        words.append(t("a line at the end: on") if said.end_line else t("a line at the end: off"))
    if said.status is not None:
        words.append(t("status message: on") if said.status else t("status message: off"))
    return words

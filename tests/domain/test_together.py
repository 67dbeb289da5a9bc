"""The day-parts a team spends together, as people say them."""

from datetime import date

import pytest

from bot.domain.days import DayPart
from bot.domain.together import WeekPart, in_order, on, week_parts
from bot.domain.where.grammar import Context
from bot.domain.words import Lexicon
from cards import words

LEXICON = Lexicon.of(words.load())
WEDNESDAY = date(2026, 11, 25)
AM, PM = DayPart.MORNING, DayPart.AFTERNOON
NL, BE, EN = (Context(WEDNESDAY, *spoken) for spoken in (("nl", "NL"), ("nl", "BE"), ("en", "NL")))


def parts(*pairs):
    return tuple(WeekPart(weekday, part) for weekday, part in pairs)


@pytest.mark.parametrize(
    ("said", "context", "meant"),
    [
        ("di ochtend", NL, parts((1, AM))),
        ("dinsdagochtend", NL, parts((1, AM))),
        ("elke di ochtend", NL, parts((1, AM))),
        ("op dinsdagen in de ochtend", NL, parts((1, AM))),
        ("di en do ochtend", NL, parts((1, AM), (3, AM))),
        ("do middag en di ochtend", NL, parts((1, AM), (3, PM))),
        ("di", NL, parts((1, AM), (1, PM))),
        ("ma t/m wo ochtend", NL, parts((0, AM), (1, AM), (2, AM))),
        ("di voormiddag", BE, parts((1, AM))),
        ("di namiddag", BE, parts((1, PM))),
        ("tue morning", EN, parts((1, AM))),
        ("tuesdays and thursday afternoon", EN, parts((1, PM), (3, PM))),
    ],
)
def test_day_parts_of_the_week_are_understood(said, context, meant):
    assert week_parts(said, LEXICON, context) == (meant,)


def test_noon_in_flanders_may_be_either_half():
    assert week_parts("di middag", LEXICON, BE) == (parts((1, PM)), parts((1, AM)))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ochtend",
        "morgen ochtend",
        "volgende di",
        "di thuis",
        "di avond",
        "3 dec",
        "Bart di",
        "di balie",
        "om de week di",
    ],
)
def test_what_is_no_day_part_of_every_week_is_not_guessed_at(said):
    assert week_parts(said, LEXICON, NL) == ()


def test_the_halves_of_a_day_are_in_order():
    together = in_order(parts((1, PM), (1, AM), (1, AM), (0, PM)))
    assert together == parts((0, PM), (1, AM), (1, PM))
    assert on(together, date(2026, 11, 24)) == (AM, PM)
    assert on(together, WEDNESDAY) == ()

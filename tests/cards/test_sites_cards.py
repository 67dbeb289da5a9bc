"""What the cards of closed sites tell people to type is understood; the largest of them still fits."""

import json
from datetime import timedelta

import pytest

from bot.domain.days import DayPart, Slot
from bot.domain.places import NamedPlace, Place
from bot.domain.sites import ChooseLater, ShowNumbers, SwitchSite, understand
from bot.domain.where.grammar import parse
from bot.domain.where.intents import SetPlan
from bot.domain.where.sentence import Context
from bot.domain.words import Lexicon
from cards.catalogue import texts
from cards.renderers import draw
from cards.sites import ClosedSite, SiteClosedView, SiteName, SiteOpenedView, SitesView
from cards.where import AtClosed, ChangedView, PartStay, Spot, Stay
from cards.where.instead import instead_example, typed_when
from cards.words import load
from tests.cards.invented import TODAY
from tests.cards.sites_cases import parts

LEXICON = Lexicon.of(load())
SITE = NamedPlace("s1", "Gemeentehuis aan de Rivier", Place.SITE)
SPOKEN = [("nl", "NL"), ("nl-BE", "BE"), ("en", "NL")]
LONG = "Dienstencentrum voor de hele gemeente en haar buren, noordkant"


def context(language, country):
    return Context(TODAY, language[:2], country, (SITE,))


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_another_place_can_be_typed_for_every_half_day(language, country):
    for days in range(0, 360, 29):
        day = TODAY + timedelta(days=days)
        for part in DayPart:
            example = instead_example(texts(language), [PartStay(day, part.value, None)], TODAY)
            meant = parse(LEXICON.command(example).rest, LEXICON, context(language, country))
            assert isinstance(meant, SetPlan), example
            assert [change.slot for change in meant.changes] == [Slot(day, part)]
        assert typed_when(texts(language), parts(day, 1), TODAY)


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_the_commands_of_the_overview_can_be_typed(language, country):
    t = texts(language)
    read = [t("/office closed {site} tomorrow", site=SITE.name), t("/office open {site} tomorrow", site=SITE.name)]
    said = [understand(LEXICON.command(text).rest, LEXICON, context(language, country)) for text in read]
    assert [(type(one), one.place_id, one.close) for one in said] == [
        (SwitchSite, "s1", True),
        (SwitchSite, "s1", False),
    ]
    others = [t("/office numbers"), t("/office later")]
    assert [understand(LEXICON.command(text).rest, LEXICON, context(language, country)) for text in others] == [
        ShowNumbers(),
        ChooseLater(),
    ]


def at_closed(days):
    """Everything on so many days at one site, and five other places to go."""
    there = tuple(
        PartStay(part.day, part.part, Stay(Spot("site", LONG, "0123456789ab"), "consultation"))
        for part in parts(TODAY, days)
    )
    return AtClosed(there, (there,) * 5 if len(there) <= 40 else ())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("days", [1, 20, 366])
def test_the_longest_closing_fits_on_a_card(language, days):
    closed = at_closed(days)
    every = parts(TODAY, days)
    packed = "2026-11-24." + "f" * 183
    sites = tuple(ClosedSite(SiteName("0123456789ab", LONG), every[::3], packed, True, 15) for _ in range(40))
    back = tuple(closed.parts[n : n + 2] for n in range(0, len(closed.parts), 2))
    views = (
        SiteClosedView(TODAY, LONG, closed),
        SiteOpenedView(TODAY, LONG, every, back=back),
        SitesView(TODAY, sites, (LONG,) * 40, (LONG,) * 40),
        ChangedView(TODAY, closed.parts[:200], undo=every[:200], closed=closed),
    )
    for view in views:
        drawn = draw(view, language)
        assert len(json.dumps(drawn.card, ensure_ascii=False).encode()) < 25_000, type(view)
        assert len(drawn.text.encode()) < 24_100


def test_a_message_is_replaced_after_its_first_day():
    """By the night after it: the places on it are nobody's business any more."""
    assert SiteClosedView(TODAY, LONG, at_closed(3)).first_day == TODAY
    assert SiteOpenedView(TODAY, LONG, parts(TODAY, 2)).first_day == TODAY

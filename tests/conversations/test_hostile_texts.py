"""Whatever one message holds, looking through it never keeps everybody else waiting."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS, OTHERWISE
from bot.dispatcher import LONGEST_TEXT, Dispatcher
from bot.domain.facts import Facts
from bot.domain.people import Role
from bot.domain.places import NamedPlace, Place
from bot.domain.words import Lexicon, fold
from bot.turn import Actor, Ask, Reference, Scope, Turn, TurnKey
from cards import words
from tests.conversations.town import ANOUK, DIRK

pytestmark = pytest.mark.thorough

LEXICON = Lexicon.of(words.load())
PLACES = (
    NamedPlace("s", "Stadskantoor", Place.SITE),
    *(NamedPlace(f"p{number}", f"Locatie {number} aan de straat", Place.SITE) for number in range(60)),
)
MOST_S = 0.05  # of computing, in which nobody else is answered
TRIES = 3

REPEATED = (
    *("m", "ma-", "straat", "1", "1-", "9 ", "1.", "1/2 ", "a1", "1a ", "12:00 ", "0031 ", "nl12", "a@", "a@a.", "@"),
    *("㏒", "㌖", "ﷴ", "ﷺ", "½", "㎢", "ⅷ ", "ß", "İ", "e\u0301", "\u0301", "\u200b", "a\u200b", "🏠", "thuis🏠", "👩\u200d👩\u200d👧"),
    *(" ", "\n", "\t", "a ", "a  ,", "a,", "a...", "aa:", "1,", "1 a,", "-", "- ", "(", "|", "/", ".", "°", "#", "é", "ij"),
    *("nl ", "ma di ", "thuis ", "morgen thuis, ", "ma t/m vr ", "week 48 ", "om de week ", "behalve ", "niet ", "en "),
    *("aan ", "bellen ", "binnen ", "tot ", "van 8 tot 12 ", "halve dag ", "middag ", "volgende week ", "3 dec "),
    *("Stadskantoor ", "Locatie ", "Locatie 1 aan de straat ", "Kerkstraat 12 ", "2000 Antwerpen ", "stadskantor "),
    *("maandagochtend", "maandagochtend ", "delen ", "share ", "home ", "every other week ", "until ", "2 weken "),
    *("dicht ", "open ", "samen ", "log ", "hernoem ", "naar ", "is ", "wie is er ", "focus ", "tweede ma van de maand "),
)  # fmt: skip
AS_TYPED = ("", "dicht ", "dicht Stadskantoor ", "delen ", "patroon ", "samen ", "ma ochtend 2 ", "tot ", "normaal ")
WORDS = (2, 20, 45)  # as many as a sentence may hold, or fewer and longer ones


def _hostile(unit: str) -> list[str]:
    """The longest texts of one repeated unit: whole, cut into words, and as long as it may be when folded."""
    whole = (unit * LONGEST_TEXT)[:LONGEST_TEXT]
    cut = [f"{whole[: LONGEST_TEXT // words - 1]} " * words for words in WORDS]
    fitting = unit * (LONGEST_TEXT // max(1, len(fold(unit))))
    return list(dict.fromkeys([whole, *cut, fitting[:LONGEST_TEXT]]))


def _ask(text: str, language: str) -> Ask:
    actor = Actor("t", "u", "29:u", "Anouk")
    reference = Reference("t", "c", "https://teams.example", "msteams", "28:b", "Samen", Scope.PERSONAL)
    turn = Turn(TurnKey("t", "c", "a"), datetime.now(UTC), actor, Scope.PERSONAL, reference, text)
    country = "BE" if language == "nl" else "NL"
    roles = frozenset({Role.MEMBER, Role.ADMIN, Role.OFFICER})
    today = date(2026, 11, 23)
    return Ask(
        turn, language, country, "Europe/Amsterdam", today, today, roles, facts=Facts(places=PLACES), slashed=True
    )


def _cpu(work) -> float:
    """The least computing that the work took of some tries."""
    least = float("inf")
    for _ in range(TRIES):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
        if least < MOST_S:
            break
    return least


def _slow(text: str, language: str) -> list[tuple[str, str, float]]:
    """Which commands look at a text for too long, and how long."""
    ask = _ask(text, language)
    ways = [(f"{each.name}.parse", each.parse) for each in COMMANDS]
    ways += [(f"{each.name}.guess", each.guess) for each in COMMANDS if each.guess]
    taken = [(name, text[:30], _cpu(lambda way=way: way(text, LEXICON, ask))) for name, way in ways]
    taken.append(("command", text[:30], _cpu(lambda: LEXICON.command(text))))
    taken.append(("spoken", text[:30], _cpu(lambda: LEXICON.spoken(text))))
    return [(name, said, seconds) for name, said, seconds in taken if seconds >= MOST_S]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("unit", REPEATED, ids=ascii)
def test_no_text_takes_long_to_look_through(unit, language):
    _slow("morgen thuis", language)  # what is worked out once about the words
    assert [slow for text in _hostile(unit) for slow in _slow(text, language)] == []


@pytest.mark.parametrize("beginning", AS_TYPED)
def test_no_words_after_a_known_beginning_take_long(beginning):
    texts = [(beginning + unit * LONGEST_TEXT)[:LONGEST_TEXT] for unit in REPEATED[::3]]
    assert [slow for text in texts for slow in _slow(text, "nl")] == []


pieces = st.one_of(st.text(min_size=1, max_size=8), st.sampled_from(REPEATED))
runs = st.tuples(pieces, st.integers(1, LONGEST_TEXT)).map(lambda run: (run[0] * run[1])[:LONGEST_TEXT])


@settings(max_examples=40, deadline=None)
@given(st.lists(runs, min_size=1, max_size=4).map("".join), st.sampled_from(["nl", "en"]))
def test_no_text_at_all_takes_long(text, language):
    assert _slow(text[:LONGEST_TEXT], language) == []


LOOKING = [each for each in COMMANDS if each.name != "help"]


@pytest.fixture
def looked_through(town):
    """The texts in which a command looked for a meaning; the help, which is everybody's, looks at single words only."""
    seen: list[str] = []

    def noted(look):
        return lambda text, lexicon, ask: seen.append(text) or look(text, lexicon, ask)

    commands = [
        each if each.name == "help" else replace(each, parse=noted(each.parse), guess=each.guess and noted(each.guess))
        for each in COMMANDS
    ]
    town.dispatcher = Dispatcher(commands, town.services, LEXICON, OTHERWISE)
    return seen


TOO_LONG = ("㌖" * 1490, "ﷺ" * 100, "waar " + "㌖" * 300, "pauze " + "ﷴ" * 1490, "x" * 1501)


@pytest.mark.parametrize("text", TOO_LONG, ids=lambda text: ascii(text[:6]))
async def test_a_text_too_long_when_folded_is_not_looked_through(town, looked_through, text):
    assert (await town.says(text)).card
    assert looked_through == []


async def test_a_text_that_just_fits_is_looked_through(town, looked_through):
    """By each command that finds a meaning in words without its own in front."""
    await town.says("㌖" * (LONGEST_TEXT // 6))
    assert looked_through == ["㌖" * (LONGEST_TEXT // 6)] * sum(each.guess is not None for each in LOOKING)


async def test_nobody_s_words_are_looked_through_for_what_they_may_not_do(town, looked_through):
    guest = {**DIRK.account, "userRole": "guest"}
    said = await town.says("morgen thuis", DIRK, **{"from": guest})
    assert looked_through == []
    assert said.card or said.text
    await town.says("morgen thuis", ANOUK)
    assert looked_through == ["morgen thuis"]

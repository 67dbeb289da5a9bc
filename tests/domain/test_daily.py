"""What people type behind `/today` to have their day sent, in Dutch, Flemish and English."""

import pytest

from bot.domain.daily import SendDaily, ShowToday, parse
from bot.domain.words import Lexicon
from cards.words import load

LEXICON = Lexicon.of(load())
KEPT, OFF = SendDaily(510, keep=True), SendDaily(None)
TIME, HOURS, WORDS = ShowToday("time"), ShowToday("hours"), ShowToday("words")

SAID = {
    SendDaily(510): (
        *("8:30", "om 8:30", "8u30", "8.30u", "8:30 uur", "half negen", "om 8:30 graag", "8:30 aan", "aan om 8.30"),
        *("8:30 elke dag", "elke dag om 8u30 graag", "om 8:30 elke werkdag", "op werkdagen om 8:30", "stuur om 8:30"),
        *("stuur me dit om 8:30", "dagelijks 8:30", "iedere voormiddag 8u30", "weekdagen half negen"),
        *("at 8:30", "8:30 am", "at half past eight", "every weekday at 8:30", "on weekdays 8:30", "8:30 every day"),
        *("send me at 8:30", "on at 8:30", "8:30 please", "turn on 8:30"),
    ),
    SendDaily(540): ("9", "9u", "om 9", "iedere dag 9 uur aub", "every weekday 9am", "daily at 9", "negen uur"),
    KEPT: (
        "elke dag",
        "aan",
        "zet aan",
        "automatisch",
        "elke werkdag",
        "every day please",
        "turn on",
        "on",
        "weekdays",
    ),
    OFF: (
        *("uit", "uit aub", "uit!", "niet meer", "stop", "zet uit", "elke dag uit", "niet meer elke dag", "off please"),
        *("turn off", "disable", "never", "zet af"),
    ),
    HOURS: ("7:00", "23:00", "6am", "elke dag 7:59", "17:01", "at 18:00"),
    TIME: ("25:00", "elke dag half", "every day 9:75", "elke dag 0830", "aan half", "daily 0830"),
    WORDS: (
        *("elke dag behalve woensdag", "elke dag thuis", "elke dag maandag 9:00", "8:30 9:30", "elke dag 8:30 9:30"),
        "every day but friday",
    ),
    ShowToday(): ("", "?", " !"),
    None: (
        "thuis",
        "8:30 thuis",
        "maandag 8:30",
        "uit 8:30",
        "om",
        "graag",
        "0830",
        "morgen",
        "elke maandag",
        *("aan de balie", "aan huis", "on site", "on leave", "on the road", "dagelijks maandag 9:00"),
        "x" * 300,
    ),
}
EACH = [(text, intent) for intent, texts in SAID.items() for text in texts]


@pytest.mark.parametrize(("text", "intent"), EACH)
def test_what_is_typed_behind_the_slash(text, intent):
    assert parse(text, LEXICON) == intent


@pytest.mark.parametrize("text", ["8:30", "om 14:00", "half negen", "7:00", "at 2pm"])
def test_a_time_alone_needs_the_slash(text):
    """ "Vandaag 14:00" may be said of anything; "vandaag elke dag 14:00" of this alone."""
    assert parse(text, LEXICON, slashed=False) == WORDS
    assert parse(f"elke dag {text}", LEXICON, slashed=False) == parse(f"elke dag {text}", LEXICON)

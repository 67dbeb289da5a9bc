"""`/taal`: in which language somebody is answered."""

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, Button, personal
from tests.fakes.botframework import TENANT


async def test_my_own_language_is_kept_and_answered_in_at_once(town):
    said = await town.says("/taal en")
    assert "English" in said.text
    assert "you" in said.text
    assert "Board of" in (await town.says("waar", ANOUK, CHANNEL)).text


async def test_a_colleague_keeps_theirs(town):
    """Each person in their own language."""
    await town.says("/taal en")
    assert "Bord van" in (await town.says("waar", BART, CHANNEL)).text


@pytest.mark.parametrize(
    ("text", "locale", "words"),
    [
        ("waar", "en-US", "Mijn plan"),
        ("where", "nl-NL", "My plan"),
        ("help", "en-GB", "Hello!"),
        ("help", "nl-BE", "Hallo!"),
        ("help", "fr-BE", "Hallo!"),
    ],
)
async def test_without_a_choice_the_typed_word_decides_then_the_client(empty_town, text, locale, words):
    """A Dutch word is answered in Dutch; a word of both languages follows the client, else the tenant."""
    assert words in (await empty_town.says(text, locale=locale)).text


@pytest.mark.parametrize(
    ("text", "locale", "words"),
    [
        ("ik ben morgen op kantoor", "en-US", "Bedoel je dit"),
        ("I work from home tomorrow", "nl-NL", "Do you mean this"),
        ("wie is er morgen", "en-US", "Nog geen team"),
        ("qqq", "en-US", "You can begin here"),
    ],
)
async def test_a_sentence_without_a_command_speaks_for_itself(empty_town, text, locale, words):
    """A Dutch sentence gets a Dutch answer, whatever the client says."""
    assert words in (await empty_town.says(text, locale=locale)).text


async def test_a_card_keeps_its_language_when_pressed(town):
    """A Dutch card does not turn English because the client says so."""
    said = await town.says("waar plan", locale="en-US")
    assert "Mijn plan" in said.text
    pressed = await town.presses(said.button(verb="where.plan", slot="2026-11-24"), locale="en-US")
    assert "Mijn plan" in pressed.text


async def test_a_fleming_reads_flemish_day_parts(town):
    """There "middag" is noon: the cards say voormiddag and namiddag, also after a press."""
    said = await town.says("waar morgen namiddag thuis", locale="nl-BE")
    assert "in de namiddag" in said.text
    assert "middags" not in said.text
    plan = await town.presses(said.button(verb="where.plan"), locale="en-US")
    assert "voormiddag" in str(plan.card).casefold()
    assert "Ochtend" not in str(plan.card)


async def test_the_teams_language_is_for_what_all_see(town):
    """The line in the group follows the team; the private answer follows the asker."""
    await town.says("taal team en", BART, CHANNEL)
    said = await town.says("waar", ANOUK, CHANNEL)
    assert "Bord van" in said.text
    assert "Anouk de Vries" in said.others[-1]["text"]
    assert "antwoord" not in said.others[-1]["text"]


async def test_a_language_samen_does_not_speak(town):
    """One clear sentence, and nothing is changed."""
    said = await town.says("taal klingon")
    assert "klingon" not in said.text
    assert said.button(verb="language.set", language="nl")
    async with town.store.units.read(TENANT) as unit:
        assert await unit.people.get(ANOUK.user_id) is None


async def test_a_team_needs_a_team(town):
    said = await town.says("taal team nl")
    assert "groep" in said.text or "kanaal" in said.text or "team" in said.text


async def test_forged_languages_are_refused(town):
    said = await town.presses(Button("", "language.set", {"language": "xx"}), ANOUK, personal(ANOUK))
    assert said.card is None

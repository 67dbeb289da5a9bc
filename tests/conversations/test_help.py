"""Everything that is not a command gets a short useful answer."""

import pytest

from bot.commands import COMMANDS
from bot.commands.help import ADMINISTRATOR, GUEST, IN_TEAM, NEEDS, NEWCOMER, OWN_DATA, OWN_WEEK
from bot.domain.people import Role
from cards.help import HELP, OPENS, HelpView
from cards.renderers import draw
from cards.words import load
from tests.conversations.town import ANOUK, BART, CHANNEL, GROUP, Button, personal

MOST_COMMANDS = 10
WORDS = load()


@pytest.mark.parametrize(
    "text", ["/help", "help", "hulp", "hi", "hallo", "Hoi!", "hello", "?", "quatsch", "goedemorgen"]
)
async def test_help_greetings_and_unknown_words(town, text):
    """At most ten lines, each with something to type; for a newcomer's hello see test_start.py."""
    await town.says("taal nl", BART)
    said = await town.says(text, BART)
    examples = [line for line in said.text.splitlines() if line.startswith("- /")]
    assert 3 <= len(examples) <= MOST_COMMANDS
    assert said.button(verb="where.board")


async def test_an_unknown_word_is_not_repeated(town):
    said = await town.says("frobnicate 06-12345678")
    assert "frobnicate" not in str(said.card)
    assert "06-12345678" not in str(said.card)


async def test_a_bare_mention(town):
    said = await town.says("", ANOUK, CHANNEL)
    assert "@Samen" in said.text


async def test_an_empty_message(town):
    assert (await town.says("   ")).card


@pytest.mark.parametrize("attachment", [
    {"contentType": "image/png", "contentUrl": "https://x.example/a.png"},
    {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "lijst.xlsx", "content": {}},
])  # fmt: skip
async def test_files_and_stickers_are_not_looked_into(town, attachment):
    said = await town.says("", attachments=[attachment])
    assert "lijst" not in said.text
    assert "bestand" in said.text or "plaatje" in said.text or "afbeelding" in said.text


async def test_teams_own_html_copy_is_no_attachment(town):
    """Teams sends every text a second time as HTML."""
    html = {"contentType": "text/html", "content": "<p>waar</p>"}
    assert "Mijn plan" in (await town.says("waar", attachments=[html])).text


async def test_administrators_see_their_command_too(town):
    assert "/locaties" in (await town.says("help", ANOUK)).text
    assert "/locaties" not in (await town.says("help", BART)).text


async def test_in_a_group_the_examples_begin_with_the_mention(town):
    assert "@Samen /waar" in (await town.says("help", BART, GROUP)).text


async def test_a_button_of_a_card_long_gone(town):
    """An unknown verb, or data that is not ours, gets a friendly notice."""
    for verb, data in (("focus.begin", {}), ("", {}), ("where.set", {"parts": 7}), ("where.board", {"day": []})):
        said = await town.presses(Button("", verb, data), ANOUK, personal(ANOUK))
        assert said.card is None
        assert "/help" in said.text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("command", NEWCOMER + IN_TEAM + ADMINISTRATOR + OWN_DATA + OWN_WEEK)
async def test_every_example_in_the_help_works(town, command, language):
    """What the help says can be typed, can be typed: in each language, in a team."""
    assert command in HELP
    text = draw(HelpView(topic=(command,)), language).text
    examples = [line.removeprefix("- ").partition(": ")[0] for line in text.splitlines() if line.startswith("- /")]
    assert examples
    for example in examples:
        said = await town.says(example, ANOUK, CHANNEL)
        if not said.card:  # what everybody sees is put there by a job of its own
            await town.tick()
            said = next(each for each in town.heard() if each.card)
        assert said.card
        assert not any(word in said.text for word in ("niet helemaal duidelijk", "not quite clear", "begreep ik niet"))


async def test_one_command_whole(town):
    """What the overview leaves out: all examples of a command; those about own data stand together."""
    overview, topic = await town.says("help", BART), await town.says("/help waar", BART)
    assert "/waar ma t/m wo thuis" not in overview.text
    assert "/waar ma t/m wo thuis" in topic.text
    assert "/help waar" in overview.text


async def test_focus_and_the_way_out_of_microsoft_stand_in_the_help(town):
    """`/focus` in the overview; what signs out where one asks about focus, and in the whole help."""
    assert "/focus 90 rapport" in (await town.says("help", BART)).text
    for text in ("/help focus", "/help alles"):
        assert "/afmelden" in (await town.says(text, BART)).text


ASKED = (
    *("wat is focus?", "Wat is focus", "hoe werkt focus", "hoe werkt /focus?", "hoe werkt focustijd precies?"),
    *("what is focus?", "how does focus work?", "what does focus do"),
)


@pytest.mark.parametrize("text", ASKED)
async def test_whoever_asks_what_a_command_is_gets_its_help(town, text):
    """All its examples, what is planned and moved as well, instead of the overview."""
    await town.says("taal nl", BART)
    examples = typed(await town.says(text, BART))
    assert examples == typed(await town.says("/help focus", BART))
    words = ("90", "tot 11:30", "morgen 9:00", "verplaats", "verleng 30", "kaart", "aanmelden", "stop")
    for one, word in zip(examples, words, strict=False):
        assert one.startswith(f"/focus {word}")


@pytest.mark.parametrize("text", ["hoe werkt de printer", "wat is focus voor Bart", "wat is er", "hoe werkt"])
async def test_another_question_is_not_taken_for_one_about_a_command(town, text):
    await town.says("taal nl", BART)
    assert "/focus verleng 30" not in (await town.says(text, BART)).text


async def test_help_about_something_else_is_the_overview(town):
    for text in ("help mij", "/help quatsch", "help waar is iedereen"):
        assert "/help waar" in (await town.says(text, BART)).text


def test_the_help_knows_what_each_command_needs():
    assert {command.name: command.capability for command in COMMANDS if command.capability} == NEEDS


async def test_what_is_switched_off_is_not_in_the_help(town):
    await town.says("/beheer uit bereik", ANOUK)
    said = await town.says("/help", BART)
    assert "/bereik" not in said.text
    assert "/waar" in said.text


def typed(said):
    """What a help card says can be typed, a line each."""
    return [line.removeprefix("- ").partition(": ")[0] for line in said.text.splitlines() if line.startswith("- /")]


@pytest.mark.parametrize(("text", "language"), [("/help alles", "nl"), ("/help all", "en")])
async def test_the_whole_help_has_a_line_for_every_command(town, text, language):
    """For an administrator all there are, for a colleague all but theirs; grouped, a line each, and each works."""
    for who in (ANOUK, BART):
        await town.says(f"/taal {language}", who)
    words = {command.name: WORDS[language]["commands"][command.name][0] for command in COMMANDS}
    everything = typed(await town.says(text, ANOUK))
    assert sorted(line.split()[0] for line in everything) == sorted(f"/{word}" for word in words.values())
    steering = {f"/{words['locations']}", f"/{words['admin']}"}
    mine = typed(await town.says(text, BART))
    assert {line.split()[0] for line in mine} == {line.split()[0] for line in everything} - steering
    assert f"/{words['sites']}" in mine  # without the words that only administrators may add
    for example in mine:
        said = await town.says(example, BART)
        assert not any(word in said.text for word in ("begreep ik niet", "did not understand", "alleen een beheerder"))


async def test_the_short_help_says_how_to_see_all(town):
    said = await town.says("/help", BART)
    assert "/help alles" in said.text
    assert "/weekvraag" not in said.text


async def test_the_whole_help_leaves_out_what_is_switched_off(town):
    await town.says("/beheer uit bereik", ANOUK)
    said = await town.says("/help alles", BART)
    assert "/bereik" not in said.text
    assert "/weekvraag" in said.text


async def test_what_was_asked_about_comes_first(town):
    examples = typed(await town.says("/help weekvraag", BART))
    assert examples[0] == "/weekvraag"
    assert "/waar" in examples
    assert typed(await town.says("/help pauze", BART))[0] == "/pauze 2 weken"


def test_the_help_knows_what_guests_may():
    assert {command.name for command in COMMANDS if Role.GUEST in command.who} == set(GUEST)
    assert {command.name for command in COMMANDS if Role.MEMBER not in command.who} == set(ADMINISTRATOR) - {"sites"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/vandag", "/vandaag"),
        ("/wekvraag", "/weekvraag"),
        ("hepl", "/help"),
        ("waarr", "/waar"),
        ("wiee", "/wie"),
        ("wekvraag", "/weekvraag"),
        ("klar", "/klaar"),
        ("tema", "/team"),
        ("baile", "/balie"),
        ("kantor", "/kantoor"),
    ],
)
async def test_a_near_miss_of_a_command_is_asked_about(town, text, meant):
    """In one sentence instead of the whole help, with one button; nothing is done."""
    await town.says("taal nl", BART)
    said = await town.says(text, BART)
    assert f"Bedoel je {meant}?" in said.text
    assert [line.split()[0] for line in typed(said)] == [meant]
    assert [button.title for button in said.buttons] == [meant]


async def test_the_button_of_a_guess_switches_nothing_on(town):
    """ "/weekvraag" switches the question on, so whoever mistyped it is first shown how it stands."""
    said = await town.presses((await town.says("wekvraag")).button(verb="weekask.show"))
    assert "Ik vraag je niet naar je week" in said.text
    await town.presses(said.button(verb="weekask.on"))
    asked = await town.says("wekvraag")
    assert "Elke vrijdag om 14:00 uur" in (await town.presses(asked.button(verb="weekask.show"))).text


@pytest.mark.parametrize(("text", "verb"), [("tema", "team.show"), ("baile", "counter.show"), ("waarr", "where.board")])
async def test_in_a_team_the_button_of_a_guess_is_about_that_team(town, text, verb):
    asked = await town.says(text, ANOUK, CHANNEL)
    assert "Wijkzaken" in (await town.presses(asked.button(verb=verb), ANOUK, CHANNEL)).text


@pytest.mark.parametrize(
    "text", ["/behere", "quatsch", "bedankt", "dankjewel", "vandag is het mooi weer", "/wekvraag elke donderdag"]
)
async def test_what_is_no_near_miss_is_not_guessed_at(town, text):
    """Longer sentences, other words, and commands that one may not use."""
    await town.says("taal nl", BART)
    assert "Bedoel je" not in (await town.says(text, BART)).text


async def test_what_is_switched_off_is_not_guessed_at(town):
    await town.says("/beheer uit bereik", ANOUK)
    assert "Bedoel je" not in (await town.says("/berijk", BART)).text


@pytest.mark.parametrize("command", OPENS)
async def test_the_button_of_a_guess_does_what_the_word_does(town, command):
    """Pressed, never by itself; it belongs to that command."""
    await town.says("taal nl", ANOUK)
    word = WORDS["nl"]["commands"][command][0]
    asked = await town.says(f"/{word}e", ANOUK)
    assert f"Bedoel je /{word}?" in asked.text
    pressed = await town.presses(asked.button(verb=OPENS[command]), ANOUK, personal(ANOUK))
    typed_out = await town.says(f"/{word}", ANOUK)
    assert pressed.text.splitlines()[0] == typed_out.text.splitlines()[0]

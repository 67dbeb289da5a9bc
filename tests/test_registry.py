"""A command exists only when the manifest, the help, both languages and the user docs know it."""

import json
import re
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.commands.help import ADMINISTRATOR, IN_TEAM, NEWCOMER, OWN_DATA, OWN_WEEK
from bot.domain.where.intents import Problem
from bot.domain.words import Lexicon
from bot.turn import Scope
from cards.help import HelpView
from cards.renderers import draw
from cards.where.unclear import QUESTIONS
from cards.words import load

ROOT = Path(__file__).parents[1]
LANGUAGES = ("nl", "en")
DOCS = {"nl": "docs/gebruiken.md", "en": "docs/using.md"}
# Scopes as the manifest calls them; a meeting's chat is a group chat.
MANIFEST_SCOPES = {"personal": {Scope.PERSONAL}, "groupChat": {Scope.GROUP, Scope.MEETING}, "team": {Scope.CHANNEL}}
WORDS = load()
LEXICON = Lexicon.of(WORDS)

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def menu(scope, language):
    """The titles of a scope's menu: Dutch stands in the manifest, English in a file beside it."""
    manifest = json.loads((ROOT / "infra/teams/manifest.json").read_text(encoding="utf-8"))
    english = json.loads((ROOT / "infra/teams/en.json").read_text(encoding="utf-8"))
    return [
        command["title"] if language == "nl" else english[f"bots[0].commandLists[{number}].commands[{position}].title"]
        for number, one in enumerate(manifest["bots"][0]["commandLists"])
        if scope in one["scopes"]
        for position, command in enumerate(one["commands"])
    ]


@each_command
@each_language
def test_every_language_has_a_word_for_it(command, language):
    """The first word of a language is its own: typing it says which language somebody speaks."""
    word = WORDS[language]["commands"][command.name][0]
    assert LEXICON.command(word).key == command.name


@pytest.mark.parametrize("scope", MANIFEST_SCOPES)
@each_language
def test_the_menu_lists_exactly_its_commands(scope, language):
    """What a scope's menu offers is what the commands say, in their order; every title is its language's own word."""
    titles = menu(scope, language)
    listed = [LEXICON.command(title).key for title in titles]
    assert titles == [WORDS[language]["commands"][name][0] for name in listed]
    assert listed == [command.name for command in COMMANDS if MANIFEST_SCOPES[scope] & command.menus]


@each_command
@each_language
def test_the_help_has_a_line_for_it(command, language):
    """Each command that newcomers or administrators see shows an example in the help."""
    assert command.name in NEWCOMER + IN_TEAM + ADMINISTRATOR + OWN_DATA + OWN_WEEK
    shown = draw(HelpView(commands=(command.name,)), language)
    word = WORDS[language]["commands"][command.name][0]
    assert f"/{word}" in shown.text


@each_command
@each_language
def test_the_user_docs_explain_it(command, language):
    """The docs have a heading that starts with what to type."""
    text = (ROOT / DOCS[language]).read_text(encoding="utf-8")
    headings = re.findall(r"^## `/(\w+)`", text, re.MULTILINE)
    assert WORDS[language]["commands"][command.name][0] in headings


def test_every_problem_of_a_sentence_has_its_question():
    """What the grammar can find unclear, the card can ask about."""
    assert {problem.value for problem in Problem} == set(QUESTIONS)


def test_no_verb_is_answered_by_two_commands():
    """A button belongs to one command, and is called after it."""
    verbs = [verb for command in COMMANDS for verb in command.verbs]
    assert len(verbs) == len(set(verbs))
    assert all(verb.partition(".")[0] == command.name for command in COMMANDS for verb in command.verbs)

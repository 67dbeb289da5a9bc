"""The help card: what can be typed here, with an example of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn, View
from cards.elements import Action, Sheet, button, container, small, words
from cards.names import plain

PERSONAL = "personal"
# What most people come for has more than one line in the overview.
IN_OVERVIEW = {"where": 2}


@dataclass(frozen=True, slots=True)
class HelpView(View):
    """What Samen can do here. `commands` are the keys of the commands available, in the order to show them.

    `reason`: "help" (asked, or a greeting), "unknown" (words not understood), "empty" (a bare mention or an empty
    message), "attachment" (a file, picture or sticker), "near" (nearly the word of `topic`). `scope`: outside "personal", examples begin with the mention.
    """

    reason: str = "help"
    admin: bool = False
    scope: str = "personal"
    bot: str = "Samen"
    commands: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()  # commands with all their examples, instead of the overview
    everything: bool = False  # a line for each of `commands`, in groups, instead of the overview


@dataclass(frozen=True, slots=True)
class Line:
    """An example to type and what it does, as keys of the catalogue."""

    example: str
    meaning: str


# One entry a command; a test holds it against the commands there are.
HELP: Mapping[str, tuple[Line, ...]] = {
    "where": (
        Line(marked("/where"), marked("see who is where today")),
        Line(marked("/where thu morning library focus"), marked("say where, and what kind of work you do")),
        Line(marked("/where tomorrow home"), marked("say where you will be")),
        Line(marked("/where mon to wed home"), marked("fill in several days at once")),
        Line(marked("/where week"), marked("see the week of your team")),
        Line(marked("/where plan"), marked("see and change your own plan")),
        Line(marked("/where pattern mon tue home, fri off"), marked("say once how your week usually is")),
        Line(marked("/where share on"), marked("share your plan with your team; type “off” to stop")),
    ),
    "who": (
        Line(marked("/who library"), marked("see which colleagues are there today")),
        Line(marked("/who counter tomorrow"), marked("see who does that work, of those who share with you")),
    ),
    "weekask": (
        Line(marked("/weekask"), marked("be asked every Friday about the week ahead, with your pattern filled in")),
        Line(marked("/weekask thursday 15:00"), marked("choose the day and the time; “off” to stop")),
    ),
    "today": (
        Line(marked("/today"), marked("see your day: your place, who is there, what waits for you")),
        Line(marked("/today every day 8:30"), marked("get it on your working days at that time; “off” to stop")),
    ),
    "done": (Line(marked("/done"), marked("end your day: where you are next, and nothing more from me today")),),
    "focus": (
        Line(
            marked("/focus 90 report"),
            marked("time without being disturbed: in Teams and in your calendar too, if you want"),
        ),
        Line(marked("/focus until 11:30"), marked("from now until then")),
        Line(marked("/focus tomorrow 9:00 2h report"), marked("plan it; it begins and ends by itself")),
        Line(marked("/focus move tomorrow 9:00 to 14:00"), marked("have it at another time")),
        Line(marked("/focus extend 30"), marked("half an hour more of what is under way")),
        Line(marked("/focus card"), marked("see what is under way or planned")),
        Line(marked("/focus connect"), marked("connect your Microsoft 365, so that Teams and your calendar show it")),
        Line(marked("/focus stop"), marked("end it; “/focus settings” for what is usual for you")),
    ),
    "team": (
        Line(marked("/team"), marked("see what is set for your team")),
        Line(
            marked("/team together tue morning"),
            marked("set the part of the week you spend together; “none” to remove it"),
        ),
    ),
    "reach": (
        Line(marked("/reach"), marked("say how you want to be reached; off until you share it")),
        Line(marked("/reach urgent call 8-18"), marked("for urgent things, in these hours")),
        Line(marked("/reach Bart"), marked("how to reach a colleague; I tell nobody that you asked")),
        Line(marked("/reach share on"), marked("let your team ask me how to reach you; “off” to stop")),
    ),
    "sites": (
        Line(
            marked("/office closed Town Hall tomorrow"),
            marked("close a site; whoever planned there can choose another place"),
        ),
        Line(marked("/office open Town Hall tomorrow"), marked("open it again")),
        Line(marked("/office numbers"), marked("how many people are expected at each site")),
        Line(marked("/office"), marked("see which sites are closed")),
    ),
    "counter": (
        Line(marked("/counter mon morning 2"), marked("say how many your team needs at the counter")),
        Line(marked("/counter busy"), marked("ask your team for help at the counter")),
    ),
    "start": (Line(marked("/start"), marked("begin: your week, who sees it, your language; also ends a pause")),),
    "privacy": (
        Line(marked("/privacy"), marked("see what I keep about you, why and how long")),
        Line(marked("/privacy all"), marked("see what I could keep too, once you use it")),
    ),
    "mydata": (Line(marked("/mydata"), marked("get everything I keep about you")),),
    "pause": (
        Line(marked("/pause 2 weeks"), marked("until then nobody sees anything of yours, and I send you nothing")),
    ),
    "stop": (
        Line(marked("/stop"), marked("nobody sees anything of yours and I send you nothing, until you type /start")),
    ),
    "signout": (Line(marked("/signout"), marked("end my access to your calendar and Teams status at Microsoft")),),
    "forget": (Line(marked("/forget"), marked("have all that you filled in and chose deleted, at once")),),
    "locations": (Line(marked("/locations"), marked("add or rename sites and public places")),),
    "admin": (
        Line(marked("/admin"), marked("see what is on, off and why, and change it")),
        Line(marked("/admin off where"), marked("switch something off for everybody, at once")),
        Line(marked("/admin log"), marked("see who did what")),
        Line(marked("/admin health"), marked("see how Samen itself is doing")),
    ),
    "language": (Line(marked("/language en"), marked("I answer in English; “nl” for Dutch")),),
    "help": (Line(marked("/help"), marked("see this again")),),
}
# The whole help, in the order of the card.
GROUPS: Mapping[str, tuple[str, ...]] = {
    marked("Your week and your day"): ("where", "who", "weekask", "today", "done", "focus", "reach"),
    marked("Your team and your office"): ("team", "counter", "sites"),
    marked("Your own data"): ("privacy", "mydata", "pause", "stop", "start", "signout", "forget"),
    marked("To administer"): ("locations", "admin"),
    marked("Samen itself"): ("language", "help"),
}
EVERY = tuple(command for group in GROUPS.values() for command in group)
# What everybody may type of it; the other examples are for administrators.
FOR_ALL = {"sites": 3}
# The button that does what the bare word does, where a press needs to say no more. The word of the weekly question
# switches it on; its button first shows how it stands.
SHOWN = (
    *("who", "weekask", "today", "reach", "team", "counter", "sites", "start", "privacy", "mydata", "locations"),
    *("admin", "help"),
)
OPENS = {one: f"{one}.show" for one in SHOWN} | {"where": "where.board", "done": "done.now", "focus": "focus.start"}
OPENINGS = {
    "help": marked(
        "Hello! I show who in your team works where, and what kind of work that is. Only what people choose to share."
    ),
    "unknown": marked("I did not understand that. This is what you can type:"),
    "empty": marked("You called? This is what I can do for you:"),
    "attachment": marked(
        "I cannot do anything with files or pictures, and I do not keep them. This is what you can type:"
    ),
}


def _draw_near(view: HelpView, t: Texts) -> Drawn:
    """Whether that command was meant, and what it does."""
    sheet, line = Sheet(t), HELP[view.topic[0]][0]
    command = t(line.example).split()[0]
    sheet.title(plain(view.bot))
    sheet.say(t("Do you mean {command}?", command=command))
    _list(sheet, view, [line])
    sheet.hint(t("To see all of them: type /help all."))
    if view.topic[0] in OPENS:
        sheet.buttons([button(t, command, OPENS[view.topic[0]])])
    return sheet.done()


def draw_help(view: HelpView, language: str) -> Drawn:
    """A line or two a command, or all of one command; each with a real example, and the most useful buttons."""
    if view.reason == "near":
        return _draw_near(view, texts(language))
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(plain(view.bot))
    if not view.topic and not view.everything:
        sheet.say(t(OPENINGS[view.reason]))
    if view.everything and not view.topic:
        for heading, lines in _everything(view):
            sheet.heading(t(heading))
            _list(sheet, view, lines)
    else:
        _list(sheet, view, [line for each in view.topic for line in HELP[each]] or _overview(view.commands))
    if view.scope != PERSONAL:
        sheet.say(
            t("In a group, begin with @{bot}: I read only what is meant for me.", bot=plain(view.bot)), subtle=True
        )
        sheet.say(t("What you type here, the group can read. In your own chat with me only you can."), subtle=True)
    sheet.say(t("Nobody sees anything of yours until you switch it on."), subtle=True)
    if not view.topic:
        sheet.hint(t("More about one of them: type /help and its word, for example /help where."))
    if not view.topic and not view.everything:
        sheet.hint(t("To see all of them: type /help all."))
    sheet.buttons(_buttons(t, view.commands))
    return sheet.done()


def _list(sheet: Sheet, view: HelpView, lines: Sequence[Line]) -> None:
    """The examples, each above what it does."""
    shown = [(_example(sheet.t, view, line), sheet.t(line.meaning)) for line in lines]
    sheet.add(*(container(words(e, weight="Bolder"), small(m, spacing="None"), spacing="Small") for e, m in shown))
    sheet.write([f"{example}: {meaning}" for example, meaning in shown])


def _everything(view: HelpView) -> Iterator[tuple[str, list[Line]]]:
    """Each group that has something for this asker, with a line a command."""
    for heading, group in GROUPS.items():
        lines = [HELP[one][0 if view.admin else FOR_ALL.get(one, 0)] for one in group if one in view.commands]
        if lines:
            yield heading, lines


def _overview(commands: Sequence[str]) -> list[Line]:
    return [line for command in commands for line in HELP.get(command, ())[: IN_OVERVIEW.get(command, 1)]]


def _example(t: Texts, view: HelpView, line: Line) -> str:
    example = t(line.example)
    return example if view.scope == PERSONAL else f"@{plain(view.bot)} {example}"


def _buttons(t: Texts, commands: Sequence[str]) -> list[Action]:
    found: list[Action] = []
    if "where" in commands:
        found += [button(t, t("Today's board"), "where.board"), button(t, t("My plan"), "where.plan")]
    if "language" in commands:
        # The other language is named in itself: who needs the button does not read this one.
        title, other = ("English", "en") if t.language == "nl" else ("Nederlands", "nl")
        found.append(button(t, title, "language.set", language=other))
    return found

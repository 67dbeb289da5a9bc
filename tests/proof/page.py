"""docs/proof.md, made of docs/proof.json."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"
JSON, PAGE = DOCS / "proof.json", DOCS / "proof.md"

HEAD = """# What was proved, and how

Made by `make proof` (an hour) from [proof.json](proof.json). Real processes of `app.py`, a SQLite file or a real
PostgreSQL, and a stand-in for Teams that writes down each request when it arrives. Nothing in the product knows that it is
being tested: a launcher around it counts its commits and its requests and ends the process with `kill -9`. What to watch
in production, and what each of these failures looks like there, stands in [operations](operations.md).

Two kinds of messages are sent. Where nobody knows whether one arrived (the process died, or Teams did not answer), a
**ring** is said once more: missing it is worse than reading it twice. A **whisper** is let go and counted. So a ring may
come twice, and a whisper may be missed, but only of those that were on their way at that very moment: what leaves within a
tenth of a second, and on a starved machine within a second, is marked as asked before it goes.

The numbers below were measured on two cores that were shared with other work (a load of 15 to 20 while most of it ran): what
must not be wrong was right even so, and rates are lower than on a machine of one's own.
"""


_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def page(found: Mapping[str, Any]) -> str:
    """The page for what was found so far."""
    parts = {name: part["found"] for name, part in found.items()}
    lines = [HEAD]
    for name, words in _PARTS.items():
        if name in parts:
            lines += [
                "",
                *words(parts[name]),
                "",
                f"({found[name]['on']}, Python {found[name]['python']}, {found[name]['took_s']} s)",
            ]
    return "\n".join(lines) + "\n"


def _killed_steps(title: str, words: str) -> Any:
    def told(found: Mapping[str, Any]) -> Iterator[str]:
        yield f"## {title}\n\n{words}\n"
        yield "| database | kills | went wrong | messages that came twice |"
        yield "|---|---:|---:|---:|"
        for name, one in found.items():
            twice = sum(step["again"] for step in one["steps"])
            yield f"| {_DATABASES[name]} | {one['kills']} | {len(one['wrong'])} | {twice} |"
        yield "\nThe steps after which it was killed:\n"
        yield "| step | SQLite | PostgreSQL |"
        yield "|---|---:|---:|"
        counts = {name: Counter(_kind(step["after"]) for step in one["steps"][:-1]) for name, one in found.items()}
        for kind in dict.fromkeys(kind for each in counts.values() for kind in each):
            yield f"| {kind} | {counts['sqlite'][kind]} | {counts['postgresql'][kind]} |"

    return told


def _kind(step: str) -> str:
    """A step without what differs from run to run: the tables a commit wrote to, or what Teams was asked."""
    word, _, rest = step.partition(" ")
    if word != "committed":
        return f"{word} {rest.split()[0]}{' ' + rest.split()[-1] if word == 'answered' else ''}"
    return f"committed {', '.join(dict.fromkeys(_written(statement) for statement in rest.split(' | ')))}"


def _written(statement: str) -> str:
    found = re.search(r"(INSERT INTO|DELETE FROM|UPDATE) (?:main\.|dbos\.)?(\w+)", statement.replace('"', ""))
    if found:
        return f"{found[1].lower()} `{found[2]}`"
    claimed = re.search(r"SELECT (\w+)\.", statement)  # of a claim the first words are kept, which say what may be
    return f"claim of `{claimed[1]}`" if claimed else "..."


_SCENES = {
    "stop requests": "start and early stop, at each request",
    "stop commits": "start and early stop, at each commit",
    "end requests": "its natural end, at each request",
    "end commits": "its natural end, at each commit",
    "stop_own requests": "start and early stop with things of their own, at each request",
    "end_own requests": "its natural end with things of their own, at each request",
}


def _focus(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## `kill -9` at every step of a focus session\n"
    yield "Somebody types `/focus`, and stops early or lets it come to its end, with a meeting in that time. The real SDK asks a"
    yield "twin of Microsoft Graph, a process of its own. The bot is killed when its first request is about to arrive there, in the"
    yield "next run when that was done and its answer is on the way, then at the second one, and so on, until a run ends untouched; and"
    yield "the same right before and right after each commit. Then it is started again, after the half minute that one process has"
    yield "for a session. Right every time: meanwhile there are Do not disturb, a status message and one block in the calendar, until the"
    yield "right moment; in the end presence, status message and calendar are as the person left them, their own Do not disturb, status"
    yield "message and meeting untouched, nothing is left to do, and one line was said at its own end. That line is a whisper: if it is on"
    yield "its way at that very moment, it may be let go, which is counted.\n"
    yield "| what is killed | database | kills | went wrong | line let go |"
    yield "|---|---|---:|---:|---:|"
    for scene, words in _SCENES.items():
        for name, one in ((name, scenes[scene]) for name, scenes in found.items() if scene in scenes):
            yield f"| {words} | {_DATABASES[name]} | {one['kills']} | {len(one['wrong'])} | {one['let_go']} |"


def _fan_outs(title: str, words: str) -> Any:
    def told(found: Mapping[str, Any]) -> Iterator[str]:
        rows = {"": found} if "flow" in found else found
        yield f"## {title}\n\n{words}\n"
        yield "| | receivers | processes | limit | twice | missed | sustained | most sent in 1 s | in 30 s | most arrived in 1 s |"
        yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
        for name, one in rows.items():
            flow = one["flow"]
            yield (
                f"| {_DATABASES.get(name, name)} | {one['receivers']:,} | {one['processes']} | {one['limit']}/s | {one['twice']} | {one['missed']} "
                f"| {flow['sustained']}/s | {flow['busiest']} | {flow['busiest_30']} "
                f"| {one['arrived']['busiest']} |"
            )

    return told


def _troubles(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## A Teams that fails\n\nHow often somebody could read a message when Teams first answered so:\n"
    yield "| Teams | ring (SQLite) | whisper (SQLite) | ring (PostgreSQL) | whisper (PostgreSQL) |"
    yield "|---|---:|---:|---:|---:|"
    for lite, post in zip(found["sqlite"], found["postgresql"], strict=True):
        yield f"| {lite['teams']} | {lite['ring']} | {lite['whisper']} | {post['ring']} | {post['whisper']} |"


def _few(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Much to say in few conversations\n"
    yield "A team talks with Samen; then it, and three people, are told many things at once, while its card changes all the time."
    yield "In no conversation does Samen say two things within a second by itself, in no half minute are there more than 60, all"
    yield "arrives once, and in the end the card is right. Answers are not delayed. What finds its conversation busy goes back and"
    yield "is offered again by the engine, so one conversation gets a message every two or three seconds.\n"
    yield "| | answers in the team | messages | drawings of its card | most in it in 30 s | closest two | took |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, one in found.items():
        row = (one["answers"], one["messages"], one["drawings"], one["busiest_30"])
        yield f"| {_DATABASES[name]} | {' | '.join(map(str, row))} | {one['closest']} s | {one['seconds']} s |"


def _idle(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Doing nothing\n\nA process that nobody speaks to, for a minute (percent of one core):\n"
    yield "| database and role | CPU | statements a second | memory |"
    yield "|---|---:|---:|---:|"
    for name, one in found.items():
        yield f"| {name} | {one['cpu_percent']} % | {one['statements_per_s']} | {one['memory_mb']} MB |"


_PARTS: dict[str, Any] = {
    "delivery": _killed_steps(
        "`kill -9` at every step of a delivery",
        "Two people are rung and two are whispered to. The process is killed after its first step, in the next run after\n"
        "its second, and so on, until a run ends untouched. On SQLite the bot is started again; on PostgreSQL another\n"
        "process takes over and the killed one never comes back. Whoever asked writes again, as Teams does, until they are\n"
        "answered. Right every time: nobody missed a ring or heard a whisper twice, what came twice was on its way, and\n"
        "nothing was left in our tables or in the engine's.",
    ),
    "redraw": _killed_steps(
        "`kill -9` at every step of a redraw",
        "The same for a living card whose subject changes three times: in the end it shows all of it.",
    ),
    "focus": _focus,
    "killed": _fan_outs(
        "One of two processes killed, and not coming back",
        "On PostgreSQL, with 2,000 messages under way.",
    ),
    "restarted": _fan_outs(
        "PostgreSQL gone in the middle",
        "It crashes (`-m immediate`) with a third sent and is back 5 s later.",
    ),
    "frozen": _fan_outs(
        "A process that stands still",
        "One of two is stopped for 12 s in the middle of its work (SIGSTOP) and then goes on.",
    ),
    "troubles": _troubles,
    "fanout250": _fan_outs(
        "10,000 messages at 250 a second",
        "Two processes on PostgreSQL; Teams takes 50 ms over each.",
    ),
    "fanout25": _fan_outs(
        "10,000 messages at 25 a second",
        "The limit as it is set at first.",
    ),
    "few": _few,
    "idle": _idle,
}

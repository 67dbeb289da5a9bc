"""Rules in words: routes, times, hours."""

from collections.abc import Sequence
from urllib.parse import quote

from cards.catalogue import Texts, marked
from cards.reach.views import ReachRule
from cards.where.stays import TeamChoice
from cards.where.wording import listed, team_words

SAME_DAY = 24 * 60
URGENCIES = {"normal": marked("Ordinary questions"), "urgent": marked("Urgent")}
ROUTES = {
    "chat": marked("chat"),
    "call": marked("a call"),
    "mail": marked("mail"),
    "desk": marked("at the desk"),
}
WITHIN = {
    15: marked("within 15 minutes"),
    60: marked("within 1 hour"),
    240: marked("within 4 hours"),
    SAME_DAY: marked("on the same day"),
}
LINK = "https://teams.microsoft.com/l/{route}/0/0?users={address}"


def clock(minute: int) -> str:
    """A time of day: "9:00"."""
    return f"{minute // 60}:{minute % 60:02}"


def answered(t: Texts, route: str, within: int | None) -> str:
    """A route and what is promised: "chat, antwoord binnen 4 uur"."""
    way = t(ROUTES[route])
    return t("{route}, answered {time}", route=way, time=t(WITHIN[within])) if within in WITHIN else way


def rule_words(t: Texts, rule: ReachRule) -> str:
    """A whole rule: "Spoed: bellen, van 8:00 tot 18:00"."""
    if rule.route is None:
        return t("{urgency}: nothing filled in", urgency=t(URGENCIES[rule.urgency]))
    return t(
        "{urgency}: {way}, {hours}",
        urgency=t(URGENCIES[rule.urgency]),
        way=answered(t, rule.route, rule.within),
        hours=hours_words(t, rule.start, rule.until),
    )


def hours_words(t: Texts, start: int | None, until: int | None) -> str:
    if start is None or until is None:
        return t("whenever I work")
    return t("from {start} until {until}", start=clock(start), until=clock(until))


def teams_words(t: Texts, teams: Sequence[TeamChoice]) -> str:
    return listed(t, [team_words(t, team) for team in teams])


def link(route: str, address: str) -> str:
    """A link that opens a chat with somebody, or calls them.

    learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
    """
    return LINK.format(route=route, address=quote(address, safe="@"))

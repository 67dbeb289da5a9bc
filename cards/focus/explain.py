"""What focus time does, in a few lines; what is good to know the first time; and who sees it."""

from cards.catalogue import Texts, marked
from cards.elements import Sheet, button
from cards.focus.points import points
from cards.focus.traces import AVAILABILITY
from cards.focus.views import FocusSession, FocusView
from cards.focus.wording import clock, moment_of, moment_words
from cards.reach.mine import SHARE
from cards.reach.wording import teams_words
from cards.where.quiet import quiet_line
from cards.where.wording import team_words

CONNECTED = (
    marked("Teams shows Do not disturb or Busy, and a message that says until when."),
    marked("Your calendar gets a private block, so that colleagues see you are busy."),
    marked("At the end I take away what I put there. What is yours stays."),
)
INSIDE = (
    marked("I send you nothing that can wait."),
    marked("Whoever you show how to reach you, reads until when you are in focus."),
    marked("Once you connect Microsoft 365, Teams and your calendar show it too."),
)
SEEN_NOW = marked("Everybody in your organisation can see this in Teams; outside it, whoever may see your status.")
SEEN_THEN = marked(
    "From then on everybody in your organisation can see this in Teams; outside it, whoever may see your status."
)


def what_it_does(t: Texts, connected: bool) -> list[str]:
    return [t(line) for line in (CONNECTED if connected else INSIDE)]


def explanation(sheet: Sheet, session: FocusSession) -> None:
    """Said the first time only, of what is there."""
    t = sheet.t
    if session.presence in ("unconnected", "off"):
        return
    sheet.heading(t("Good to know"))
    lines = [
        t("If you had chosen a Teams status yourself before, I cannot read that back, and do not put it back."),
        t(
            "If you stop early, I take away what I set. If you chose {status} yourself meanwhile, that goes too: I see no"
            " difference. What else you changed stays.",
            status=t(AVAILABILITY[session.mode]),
        ),
        t("The subject is in your own calendar only, as private."),
    ]
    if session.mode == "quiet":
        lines.insert(0, t("On your computer you choose who has priority access: in Teams under Settings, Privacy."))
        if session.presence == "later":  # not said above yet
            lines.insert(0, t("Calls do not ring, except from people with priority access."))
    points(sheet, lines)


def who_sees(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    """What everybody sees in Teams; and who reads with me that I am in focus, or a button to show it to a team."""
    t = sheet.t
    if shown := _in_teams(session):
        sheet.say(t(shown), subtle=True)
    if view.quiet:
        quiet_line(sheet)
        return
    if view.shown_to:
        sheet.say(_reads(t, view, session), subtle=True)
        return
    sheet.say(t("I myself tell no colleague: you show nobody how to reach you."), subtle=True)
    if view.others:
        team = view.others[0]
        title = t("Let {team} see it", team=team_words(t, team))
        sheet.buttons([button(t, title, SHARE, team=team.id, on=True)])


def _in_teams(session: FocusSession) -> str | None:
    """What stands there has no circle of readers of its own; None where nothing of this does, or will."""
    stands = {session.presence, session.status}
    if stands & {"done", "busy"}:
        return SEEN_NOW
    return SEEN_THEN if "later" in stands else None


def _reads(t: Texts, view: FocusView, session: FocusSession) -> str:
    teams, until = teams_words(t, view.shown_to), clock(session.ends)
    if session.starts <= view.now:
        return t(
            "Members of {teams} who ask me how to reach you, read: in focus until {until}.", teams=teams, until=until
        )
    start = moment_words(t, moment_of(session.starts), view.now.date())
    return t(
        "Members of {teams} who ask me how to reach you, read from {start}: in focus until {until}.",
        teams=teams,
        start=start,
        until=until,
    )

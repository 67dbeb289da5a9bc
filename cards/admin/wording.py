"""The words for switches, for what was done, and for what cannot be done."""

from datetime import datetime

from cards.admin.views import ActLine, SwitchLine
from cards.catalogue import Texts, marked
from cards.dates import SHORT_DAY, in_words
from cards.names import plain

LONGEST_LINE = 120  # as long as a reference may be
FULL_DATE = "d MMMM y"

NAMES = {
    "where": marked("Seeing where colleagues work"),
    "reach": marked("How you can be reached"),
    "closing": marked("Closing sites and headcounts"),
    "counter": marked("Counter staffing"),
    "focus": marked("Focus time, also in Teams and the calendar"),
}
TYPE_ON = {
    "where": marked("/admin on where"),
    "reach": marked("/admin on reach"),
    "closing": marked("/admin on closing"),
    "counter": marked("/admin on counter"),
    "focus": marked("/admin on focus"),
}
TYPE_OFF = {
    "where": marked("/admin off where"),
    "reach": marked("/admin off reach"),
    "closing": marked("/admin off closing"),
    "counter": marked("/admin off counter"),
    "focus": marked("/admin off focus"),
}
CHANGES = {
    "switched_on": marked("{name} is on from now on, for everybody."),
    "switched_off": marked(
        "{name} is off from now on, for everybody. Cards that were sent already go in the night after their day, and what people filled in goes at its own time."
    ),
    "unchanged_on": marked("{name} was on already, by this decision. Nothing has changed."),
    "unchanged_off": marked("{name} was off already. Nothing has changed."),
    "minimum_set": marked("That is the minimum from now on. It counts for everything published after this."),
    "unchanged_minimum": marked("That was the minimum already. Nothing has changed."),
}
PROBLEMS = {
    "unknown_act": marked("I did not understand what you want to change. Nothing has changed."),
    "which": marked("Say which: where, reach, closing, counter or focus. Nothing has changed."),
    "no_date": marked("Give the day of the decision with its year, like 20-11-2026."),
    "future": marked("That day is still to come. Switch it on once the decision has been made."),
    "no_reference": marked("Say where the decision is written down, like “Council decision 2026/113”."),
    "no_agreed": marked("Say who agreed too, after “agreed:”. A role or a council is enough, no names needed."),
    "too_long": marked("That is too long. Use at most 120 characters for each answer."),
    "link": marked("I keep no links or e-mail addresses here. Give the reference in words or numbers."),
    "no_number": marked("Give the minimum as a number, like 8."),
    "below_floor": marked("The minimum is never below 5: with fewer people everybody knows who is meant."),
    "never_lower": marked(
        "The minimum only goes up: people filled in what they did trusting that number. It stays as it is."
    ),
    "too_high": marked("Above 100 no number would ever be published. Choose a lower one."),
}
# One entry for each act that the code records; a test holds it against the code.
ACTS = {
    "capability_on": marked("switched on"),
    "capability_off": marked("switched off"),
    "minimum_set": marked("minimum raised"),
    "place_added": marked("place added"),
    "place_renamed": marked("place renamed"),
    "place_retired": marked("place removed"),
    "place_restored": marked("place restored"),
    "site_closed": marked("site closed"),
    "site_opened": marked("site opened again"),
    "keeper_set": marked("keeper of a site appointed"),
    "keeper_removed": marked("keeper of a site withdrawn"),
}


# One entry for each kind of bot.domain.health; a test holds it against them.
FAILURES = {
    "turn": marked("Told somebody that something went wrong"),
    "answer": marked("Could not bring an answer"),
    "tick": marked("A part of the work of every minute failed"),
    "job": marked("Work in the background failed several times"),
    "delivery_blocked": marked("The receiver blocked or removed Samen"),
    "delivery_refused": marked("Teams refused a message"),
    "delivery_expired": marked("A message waited three days and was dropped"),
    "delivery_unsure": marked("A message may not have arrived, and was not repeated"),
    "delivery_fault": marked("A message could not be worded"),
    "focus_left": marked("Something of a focus time could not be taken away in Microsoft 365"),
    "focus_unseen": marked("Meetings could not be looked up before a planned focus time"),
    "card_kept": marked("An old card could not be replaced"),
    "card_unknown": marked("A sent card could not be remembered"),
}


def wrong(t: Texts, problem: str) -> str:
    """Why something cannot be done, and what can."""
    return t(PROBLEMS[problem])


def line(text: str) -> str:
    """A reference, a reason or who agreed, as harmless text in full."""
    return plain(text, LONGEST_LINE)


def state(t: Texts, switch: SwitchLine) -> str:
    """The name, and on or off in words: "Baliebezetting: uit"."""
    name = t(NAMES[switch.capability])
    return t("{name}: on", name=name) if switch.on else t("{name}: off", name=name)


def why(t: Texts, switch: SwitchLine) -> str:
    """Why a capability is on or off, and what it waits for."""
    reason = _reason(t, switch)
    if not switch.waits:
        return reason
    plans = NAMES["where"]
    waits = t("It works only while “{name}” is on too.", name=t(plans))
    return f"{reason} {waits}"


def _reason(t: Texts, switch: SwitchLine) -> str:
    since = switch.since and in_words(t, switch.since, FULL_DATE)
    if switch.on and switch.decided_on:
        return t(
            "Decided on {day}: {reference}. Agreed: {agreed}. On since {since}.",
            day=in_words(t, switch.decided_on, FULL_DATE),
            reference=line(switch.reference),
            agreed=line(switch.agreed_by),
            since=since,
        )
    if switch.on:
        return t("On because this is the sandbox. Elsewhere it is off until a decision is recorded.")
    if not switch.since:
        return t("No decision has been recorded yet.")
    if switch.reference:
        return t("Off since {since}: {reason}.", since=since, reason=line(switch.reference))
    return t("Off since {since}.", since=since)


def act(t: Texts, one: ActLine) -> str:
    """A line of the audit log: when, who, what, and to what."""
    what = t(ACTS[one.act]) if one.act in ACTS else t("something this version has no words for")
    subject = t(NAMES[one.subject]) if one.subject in NAMES else plain(one.subject) if one.subject else ""
    who = plain(one.who) if one.who else t("somebody I do not know by name")
    if subject:
        return t("{when}, {who}: {what} ({subject})", when=moment(t, one.at), who=who, what=what, subject=subject)
    return t("{when}, {who}: {what}", when=moment(t, one.at), who=who, what=what)


def moment(t: Texts, at: datetime) -> str:
    """A day and a time: "ma 23 nov 10:05"."""
    return f"{in_words(t, at.date(), SHORT_DAY)} {at:%H:%M}"

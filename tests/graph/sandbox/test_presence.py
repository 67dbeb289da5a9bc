"""What others see of a person, for any mixture of sessions, preference and calendar."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.sandbox import presence
from graph.sandbox.presence import PREFERRED, STRENGTH, Presence, Seen, Session

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
minutes = st.integers(-60, 60).map(lambda many: NOW + timedelta(minutes=many))
sessions = st.builds(
    Session,
    id=st.sampled_from("abc"),
    availability=st.sampled_from(STRENGTH),
    activity=st.just("x"),
    until=st.none() | minutes,
)
preferreds = st.builds(
    presence.Preferred, st.sampled_from([*PREFERRED]), st.sampled_from([*PREFERRED.values()]), until=minutes
)
presences = st.builds(Presence, st.lists(sessions, max_size=3).map(tuple), st.none() | preferreds)


def lasting(held: Presence) -> list[Session]:
    return [one for one in held.sessions if one.until is None or one.until > NOW]


@given(presences, st.booleans())
def test_nobody_is_seen_without_a_session(held: Presence, meeting: bool) -> None:
    seen = presence.seen(held, NOW, in_meeting=meeting)
    if not lasting(held):
        assert seen == Seen("Offline", "Offline")


@given(presences, st.booleans())
def test_a_preference_in_force_wins_over_sessions_and_calendar(held: Presence, meeting: bool) -> None:
    preferred = held.preferred
    if lasting(held) and preferred is not None and preferred.until > NOW:
        wanted = Seen(preferred.availability, preferred.activity)
        assert presence.seen(held, NOW, in_meeting=meeting) == wanted


@given(presences, st.booleans())
def test_an_expired_preference_is_as_none(held: Presence, meeting: bool) -> None:
    if held.preferred is not None and held.preferred.until <= NOW:
        bare = Presence(held.sessions)
        assert presence.seen(held, NOW, in_meeting=meeting) == presence.seen(bare, NOW, in_meeting=meeting)


@given(presences)
def test_the_strongest_session_wins(held: Presence) -> None:
    bare = Presence(held.sessions)
    if lasting(held):
        seen = presence.seen(bare, NOW)
        assert STRENGTH.index(seen.availability) == min(STRENGTH.index(one.availability) for one in lasting(held))


def test_do_not_disturb_beats_busy_beats_available_beats_away() -> None:
    order = ["DoNotDisturb", "Busy", "Available", "Away"]
    held = Presence(tuple(Session(one, one, one) for one in reversed(order)))
    for strongest in order:
        assert presence.seen(held, NOW).availability == strongest
        held = presence.leave(held, strongest)


def test_a_meeting_shows_only_when_nothing_stronger_does() -> None:
    available = Presence((Session("teams", "Available", "Available"),))
    assert presence.seen(available, NOW, in_meeting=True) == Seen("Busy", "InAMeeting")
    presenting = presence.enter(available, Session("call", "DoNotDisturb", "Presenting"))
    assert presence.seen(presenting, NOW, in_meeting=True) == Seen("DoNotDisturb", "Presenting")


@given(st.sampled_from([*PREFERRED]), st.integers(1, 10_000))
def test_a_preference_lasts_exactly_as_long_as_was_asked(availability: str, minutes: int) -> None:
    held = presence.prefer(Presence((Session("t", "Away", "Away"),)), availability, NOW, timedelta(minutes=minutes))
    end = NOW + timedelta(minutes=minutes)
    assert presence.preferred_at(held, end - timedelta(microseconds=1)) is not None
    assert presence.preferred_at(held, end) is None


def test_a_preference_without_an_end_lasts_a_day_or_a_week() -> None:
    lasts = {
        one: (held.preferred.until - NOW).days
        for one in PREFERRED
        if (held := presence.prefer(Presence(), one, NOW)).preferred
    }
    assert lasts == {"Available": 7, "Busy": 1, "DoNotDisturb": 1, "BeRightBack": 7, "Away": 7, "Offline": 7}


def test_a_status_message_goes_at_its_end_and_an_empty_one_takes_it_away() -> None:
    held = presence.say(Presence(), "Focus", NOW, NOW + timedelta(hours=1))
    assert presence.status_at(held, NOW + timedelta(minutes=59)) is not None
    assert presence.status_at(held, NOW + timedelta(hours=1)) is None
    assert presence.say(held, "", NOW).status is None

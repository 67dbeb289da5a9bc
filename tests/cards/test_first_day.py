"""Every card that shows where people are or how they are reached is replaced the night after; a new one is asked which."""

from collections.abc import Mapping

import pytest

from cards import (
    View,
    admin,
    counter,
    focus,
    introduction,
    language,
    locations,
    notices,
    owndata,
    reach,
    sign_in,
    sites,
    start,
    team,
    today,
    weekask,
    where,
)
from cards import help as help_card
from cards.renderers import RENDERERS

# Views that show nobody's places, plans or ways to be reached, and what they show instead.
STAYS: Mapping[type[View], str] = {
    where.AskAgainView: "a question that was not understood",
    where.SharingView: "a team and a switch",
    where.NoTeamView: "teams to choose from",
    help_card.HelpView: "commands",
    locations.LocationsView: "the tenant's places, and who keeps a site",
    admin.AdminView: "switches, and officers by name",
    admin.DecisionView: "a decision",
    admin.OffView: "a decision",
    admin.MinimumView: "a number",
    admin.LogView: "acts of administrators, kept for five years",
    admin.HealthView: "how the service does",
    counter.CounterView: "what a team needs, and nobody who fills it",
    counter.WhichCounterView: "teams to choose from",
    counter.HelpSettledView: "that help is no longer wanted, and nobody who gave it",
    counter.HelpWantedView: "where a team needs help, and nobody who gives it",
    counter.AskedView: "that a team was asked, and nobody in it",
    counter.CounterProblemView: "why it did not work",
    focus.FocusSettingsView: "what is usual",
    focus.FocusOverView: "a sentence",
    focus.ConnectView: "what signing in is for",
    sign_in.SignInView: "a link for its reader, and what signing in is for",
    introduction.IntroductionView: "what Samen does",
    reach.UnknownReachView: "nothing to tell",
    reach.ChooseColleagueView: "names from a member list, and nothing about them",
    team.TeamView: "a team's settings",
    today.DailyView: "a time",
    team.ChooseTeamView: "teams to choose from",
    weekask.WeekAskView: "a day and a time",
    start.LaterView: "not now",
    start.ResumedView: "teams",
    language.LanguageView: "a language",
    sites.SitesView: "closed sites",
    sites.NumbersView: "rounded numbers",
    sites.MoveLaterView: "where to type it",
    owndata.PrivacyView: "what is kept, and how much of it",
    owndata.FileOfferView: "a file's size",
    owndata.FileView: "what became of a file",
    owndata.ForgetView: "a receipt; to replace it later its reader would have to be known",
    notices.SentPrivatelyView: "a sentence",
    notices.CannotReachView: "a sentence",
    notices.TroubleView: "a sentence",
    notices.BusyView: "a sentence",
    notices.OldCardView: "a sentence",
    notices.NotAllowedView: "a sentence",
    notices.SwitchedOffView: "a sentence",
    notices.OverView: "a sentence",
}


@pytest.mark.parametrize("view", RENDERERS, ids=lambda view: view.__name__)
def test_a_view_says_until_when_it_stands_or_why_it_may_stay(view):
    assert ("first_day" in vars(view)) is not (view in STAYS)


def test_no_view_is_excused_that_does_not_exist():
    assert set(STAYS) <= set(RENDERERS)

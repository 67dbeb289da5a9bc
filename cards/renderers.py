"""The one way from a view to a card: one explicit table says which function draws which view."""

from cards import (
    admin,
    counter,
    focus,
    introduction,
    language,
    locations,
    notices,
    owndata,
    reach,
    sites,
    start,
    team,
    where,
)
from cards import help as help_card
from cards import sign_in as signing_in
from cards import today as my_day
from cards import weekask as weekly
from cards.admin import forms, log, overview
from cards.counter import helping, needs
from cards.drawing import Drawn, Renderers, View
from cards.focus import card as focus_card
from cards.focus import connect as focus_connect
from cards.focus import over as focus_over
from cards.focus import settings as focus_settings
from cards.focus import unclear as focus_unclear
from cards.owndata import file, mydata, quiet
from cards.owndata.forget import draw_forget
from cards.owndata.privacy import draw_privacy
from cards.reach import answer as reach_answer
from cards.reach import mine as reach_mine
from cards.sites import news, numbers
from cards.sites import overview as closed_sites
from cards.today import card as today_card
from cards.today import done as done_card
from cards.where import board, changed, found, pattern, plan, sharing, unclear, week

RENDERERS: Renderers = {
    where.BoardView: board.draw_board,
    where.WeekView: week.draw_week,
    where.FoundView: found.draw_found,
    where.AskAgainView: found.draw_ask_again,
    where.PlanView: plan.draw_plan,
    where.HomeView: plan.draw_home,
    where.PatternView: pattern.draw_pattern,
    where.UnclearPatternView: pattern.draw_unclear_pattern,
    where.ChangedView: changed.draw_changed,
    where.UnclearView: unclear.draw_unclear,
    where.SharingView: sharing.draw_sharing,
    where.NoTeamView: sharing.draw_no_team,
    help_card.HelpView: help_card.draw_help,
    locations.LocationsView: locations.draw_locations,
    admin.AdminView: overview.draw_admin,
    admin.DecisionView: forms.draw_decision,
    admin.OffView: forms.draw_off,
    admin.MinimumView: forms.draw_minimum,
    admin.LogView: log.draw_log,
    admin.HealthView: log.draw_health,
    counter.CounterView: needs.draw_counter,
    counter.WhichCounterView: needs.draw_which,
    counter.HelpWantedView: helping.draw_help_wanted,
    counter.HelpSettledView: helping.draw_help_settled,
    counter.CounterSiteView: helping.draw_site,
    counter.AskedView: helping.draw_asked,
    counter.CounterProblemView: helping.draw_problem,
    focus.FocusView: focus_card.draw_focus,
    focus.FocusUnclearView: focus_unclear.draw_unclear,
    focus.FocusSettingsView: focus_settings.draw_settings,
    focus.FocusOverView: focus_over.draw_over,
    focus.ConnectView: focus_connect.draw_connect,
    focus.SignedOutView: focus_connect.draw_signed_out,
    introduction.IntroductionView: introduction.draw_introduction,
    reach.MyReachView: reach_mine.draw_mine,
    reach.ReachView: reach_answer.draw_reach,
    reach.UnknownReachView: reach_answer.draw_unknown,
    reach.ChooseColleagueView: reach_answer.draw_choose,
    my_day.TodayView: today_card.draw_today,
    my_day.DailyView: today_card.draw_daily,
    my_day.DoneView: done_card.draw_done,
    team.TeamView: team.draw_team,
    team.ChooseTeamView: team.draw_choose_team,
    start.FirstView: start.draw_first,
    start.StartedView: start.draw_started,
    start.LaterView: start.draw_later,
    start.ResumedView: start.draw_resumed,
    language.LanguageView: language.draw_language,
    weekly.WeekAskView: weekly.draw_state,
    weekly.WeekAskedView: weekly.draw_asked,
    signing_in.SignInView: signing_in.draw_sign_in,
    sites.SitesView: closed_sites.draw_sites,
    sites.NumbersView: numbers.draw_numbers,
    sites.SiteClosedView: news.draw_closed,
    sites.SiteOpenedView: news.draw_opened,
    sites.MoveLaterView: news.draw_later,
    owndata.PrivacyView: draw_privacy,
    owndata.MyDataView: mydata.draw_my_data,
    owndata.JsonPartView: mydata.draw_json_part,
    owndata.FileOfferView: file.draw_offer,
    owndata.FileView: file.draw_file,
    owndata.PauseView: quiet.draw_pause,
    owndata.StopView: quiet.draw_stop,
    owndata.ForgetView: draw_forget,
    notices.SentPrivatelyView: notices.sent_privately,
    notices.CannotReachView: notices.cannot_reach,
    notices.TroubleView: notices.trouble,
    notices.BusyView: notices.busy,
    notices.OldCardView: notices.old_card,
    notices.NotAllowedView: notices.not_allowed,
    notices.SwitchedOffView: notices.switched_off,
    notices.OverView: notices.over,
}


def draw(view: View, language: str) -> Drawn:
    """Draw a view in a language ("nl", "en"). Raises KeyError for a view that no capability knows."""
    return RENDERERS[type(view)](view, language)

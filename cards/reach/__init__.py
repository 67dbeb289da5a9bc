"""The cards of `/reach`: my own rules, and how to reach a colleague."""

from cards.reach.views import ChooseColleagueView, MyReachView, ReachRule, ReachView, UnknownReachView, Way

__all__ = ["ChooseColleagueView", "MyReachView", "ReachRule", "ReachView", "UnknownReachView", "Way"]

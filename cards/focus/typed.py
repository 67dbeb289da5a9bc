"""What to type of `/focus` instead of pressing."""

from cards.catalogue import Texts


def start_example(t: Texts, minutes: int) -> str:
    return t("/focus {minutes}", minutes=minutes)


def until_example(t: Texts, time: str) -> str:
    return t("/focus until {time}", time=time)


def plan_focus_example(t: Texts) -> str:
    return t("/focus tomorrow 9:00 2h report")


def learning_example(t: Texts) -> str:
    return t("/focus learn 60")


def reachable_example(t: Texts) -> str:
    return t("/focus reachable 50")


def longer_example(t: Texts) -> str:
    return t("/focus extend 30")


def stop_example(t: Texts) -> str:
    return t("/focus stop")


def show_example(t: Texts) -> str:
    return t("/focus card")


def settings_example(t: Texts) -> str:
    return t("/focus settings")


def sign_out_example(t: Texts) -> str:
    return t("/signout")

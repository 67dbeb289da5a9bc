"""The offer to sign in with Microsoft: drawn by the client itself, which may find out that no press is needed."""

from dataclasses import dataclass, field

from cards.catalogue import texts
from cards.drawing import Drawn, OfferedSignIn, View


@dataclass(frozen=True, slots=True)
class SignInView(View):
    """`link` is Microsoft's own page for this person alone, None where it cannot be had now.

    `connection` is the OAuth connection's name; `exchange` is what single sign-on needs, in the client's own words.
    """

    link: str | None = field(default=None, repr=False)
    connection: str = ""
    exchange: tuple[tuple[str, str], ...] = ()


def draw_sign_in(view: SignInView, language: str) -> Drawn:
    """What signing in is for, and a button; or that it has to wait."""
    t = texts(language)
    if view.link is None:
        return Drawn(None, t("I cannot reach Microsoft’s sign-in now. Please try again later."))
    text = t("Sign in with Microsoft, so that Teams and your calendar can show your focus time. “/signout” undoes it.")
    offer = OfferedSignIn(t("Sign in"), view.link, view.connection, dict(view.exchange))
    return Drawn(None, text, sign_in=offer)

"""What a card is made from and what comes of it: a view, and what was drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


class View:
    """What a card shows, in plain values. Every capability's views are frozen dataclasses that derive from this."""

    __slots__ = ()

    @property
    def first_day(self) -> date | None:
        """The first day whose places stand on the card: when it is over the card is replaced. None = no places."""
        return None


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that somebody may take or not: its name, about how many bytes, and the data of both choices, as a button's."""

    name: str
    size: int
    accept: Mapping[str, str]
    decline: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfferedSignIn:
    """A way to sign in that somebody may take: the button's title, where it leads, and what the client itself can try first."""

    title: str
    link: str = field(repr=False)
    connection: str
    exchange: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn view: the Adaptive Card, or None for a view that is one plain sentence, and its complete text form.

    `form` is how a client reads the text where there is no card: "plain" or "markdown". With `file` the text describes
    a file that is offered, with `sign_in` what signing in is for.
    """

    card: dict[str, Any] | None
    text: str
    form: str = "plain"
    file: OfferedFile | None = None
    sign_in: OfferedSignIn | None = None


Draw = Callable[[Any, str], Drawn]


Renderers = Mapping[type[View], Draw]

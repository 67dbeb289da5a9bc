"""The closed grammar of `/reach`: a typed sentence becomes rules, a colleague to find, or is told apart as unclear."""

from dataclasses import dataclass, field

from bot.domain.addresses import holds_address
from bot.domain.reach.intents import FindColleague, Intent, SetRules, ShareReach, ShowRules
from bot.domain.reach.rules import DAY, SAME_DAY, WITHIN, Hours, Route, Rule, Urgency
from bot.domain.words import Lexicon, Token, fold, token_texts, tokens

_WORDS = frozenset({"reach"})
_ROUTES = frozenset(Route)
_URGENCIES = frozenset(Urgency)
_SILENT = frozenset(",;.!?()&+")
SAYS_NOTHING = ("filler", "and")
_COLONS = frozenset(":.")
MOST_TOKENS = 40
MOST_NAME_WORDS = 8
NOON_HOUR, HOUR_DIGITS = 12, 2


class UnclearError(Exception):
    """A word is left over, or stands where it says nothing."""


@dataclass(slots=True)
class _Draft:
    """A rule in the making."""

    urgency: Urgency
    route: Route | None = None
    within: int | None = None
    hours: Hours | None = None
    off: bool = False
    said: set[str] = field(default_factory=set)

    def put(self, what: str, value: object) -> None:
        """Set one part; said twice it is not clear what was meant."""
        if what in self.said:
            raise UnclearError
        self.said.add(what)
        setattr(self, what, value)

    def done(self) -> tuple[Urgency, Rule | None]:
        if self.off == bool(self.route) or (self.off and self.said != {"off"}):
            raise UnclearError
        return self.urgency, Rule(self.route, self.within, self.hours) if self.route else None


def parse(text: str, lexicon: Lexicon, language: str) -> Intent:
    """What somebody means by the words after `/reach`. Never raises, whatever was typed."""
    flat = fold(text)
    found = tokens(flat)
    if not [token for token in found if token.text.isalnum()]:
        return ShowRules()
    if len(found) > MOST_TOKENS:
        return ShowRules("unclear")
    reader = _Reader(found, lexicon, language)
    if reader.begins_with_a_word():
        return _rules(reader, flat, lexicon)
    return _colleague(text, found, lexicon)


def _rules(reader: "_Reader", flat: str, lexicon: Lexicon) -> Intent:
    try:
        return reader.read()
    except ValueError:
        return ShowRules("hours")
    except UnclearError:
        return ShowRules("address" if holds_address(flat, reader.blanked(flat), lexicon) else "unclear")


def _colleague(text: str, found: tuple[Token, ...], lexicon: Lexicon) -> Intent:
    flat = fold(text)
    # Somebody may be called Verlaan; a number or a link is nobody's name.
    if any(not token.text.isalpha() for token in found) and holds_address(flat, flat, lexicon):
        return ShowRules("address")
    words = tuple(word for word in token_texts(text) if word.isalpha())
    return FindColleague(words[:MOST_NAME_WORDS]) if words else ShowRules("unclear")


class _Reader:
    """Reads a sentence of known words and times from left to right."""

    def __init__(self, found: tuple[Token, ...], lexicon: Lexicon, language: str) -> None:
        self._tokens, self._lexicon, self._language = found, lexicon, language
        self._words = tuple(token.text for token in found)
        self._at = 0
        self._known: set[int] = set()

    def begins_with_a_word(self) -> bool:
        return self._key()[1] not in (None, *SAYS_NOTHING)

    def read(self) -> Intent:
        """Raises UnclearError for a word too many, ValueError for hours that cannot be."""
        drafts: list[_Draft] = []
        while self._at < len(self._tokens):
            length, key = self._key()
            if key == "share":
                self._take(length)
                return self._share()
            if key in _URGENCIES:
                self._take(length)
                drafts.append(_Draft(Urgency(key)))
                continue
            if not drafts:
                drafts.append(_Draft(Urgency.NORMAL))
            self._part(drafts[-1], length, key)
        settings = tuple(draft.done() for draft in drafts)
        if len(dict(settings)) < len(settings):
            raise UnclearError
        return SetRules(settings)

    def blanked(self, flat: str) -> str:
        """The text without the words that were understood: what a number or an address may hide in."""
        letters = list(flat)
        for at, token in enumerate(self._tokens):
            if at in self._known or (token.text.isalpha() and self._lexicon.longest(self._words, at, "", _WORDS)[0]):
                letters[token.start : token.end] = "|" * (token.end - token.start)
        return "".join(letters)

    def _part(self, draft: _Draft, length: int, key: str | None) -> None:
        if self._words[self._at].isdecimal() or key == "from":
            self._take(length if key == "from" else 0)
            draft.put("hours", self._hours())
        elif key in _ROUTES:
            self._take(length)
            draft.put("route", Route(key))
        elif key == "within":
            self._take(length)
            draft.put("within", self._within())
        elif key == "working":
            self._take(length)
            draft.put("hours", None)
        elif key == "off":
            self._take(length)
            draft.put("off", value=True)
        elif key in SAYS_NOTHING or self._words[self._at] in _SILENT:
            self._take(length or 1)
        else:
            raise UnclearError

    def _share(self) -> ShareReach:
        rest = [key for key in self._rest() if key not in SAYS_NOTHING]
        if rest not in (["on"], ["off"]):
            raise UnclearError
        return ShareReach(on=rest == ["on"])

    def _rest(self) -> list[str | None]:
        keys = []
        while self._at < len(self._tokens):
            length, key = self._key()
            keys.append("filler" if self._words[self._at] in _SILENT else key)
            self._take(length or 1)
        return keys

    def _within(self) -> int:
        """A time that can be promised."""
        if self._at >= len(self._tokens):
            raise UnclearError
        length, key = self._key()
        if key in ("quarter", "one_hour", "same_day"):
            self._take(length)
            return {"quarter": WITHIN[0], "one_hour": WITHIN[1], "same_day": SAME_DAY}[key]
        number = self._number()
        length, key = self._key() if self._at < len(self._tokens) else (0, None)
        minutes = number * {"minute": 1, "hour": 60}.get(key or "", 0)
        if minutes not in WITHIN[:-1]:
            raise UnclearError
        self._take(length)
        return minutes

    def _hours(self) -> Hours:
        start = self._clock()
        if self._at < len(self._tokens) and self._words[self._at] == "-":
            self._take(1)
        elif self._at < len(self._tokens) and self._key()[1] in ("to", "and"):
            self._take(self._key()[0])
        else:
            raise UnclearError
        return Hours(start, self._clock())

    def _clock(self) -> int:
        """A time of day: "9", "9 uur", "8:30", "8u30", "5 pm"."""
        hour, minute = self._number(), 0
        marked = self._at < len(self._tokens) and (self._words[self._at] in _COLONS or self._key()[1] == "hour")
        if marked and self._is_minutes(self._at + 1):
            self._take(1)
            minute = self._number()
        key = self._key()[1] if self._at < len(self._tokens) else None
        if key == "hour":
            self._take(self._key()[0])
            key = self._key()[1] if self._at < len(self._tokens) else None
        if key in ("am", "pm"):
            self._take(self._key()[0])
            hour = hour % NOON_HOUR + (NOON_HOUR if key == "pm" else 0)
        if minute >= 60 or hour * 60 + minute > DAY:  # noqa: PLR2004 - minutes in an hour
            raise UnclearError
        return hour * 60 + minute

    def _is_minutes(self, at: int) -> bool:
        token = self._tokens[at] if at < len(self._tokens) else None
        return token is not None and token.glued and token.text.isdecimal() and len(token.text) == HOUR_DIGITS

    def _number(self) -> int:
        word = self._words[self._at] if self._at < len(self._tokens) else ""
        if not word.isdecimal() or len(word) > HOUR_DIGITS:
            raise UnclearError
        self._take(1)
        return int(word)

    def _key(self) -> tuple[int, str | None]:
        """The longest known phrase that begins here: how many tokens, and its key."""
        length, senses = self._lexicon.longest(self._words, self._at, self._language, _WORDS)
        return length, min(senses)[1] if senses else None

    def _take(self, count: int) -> None:
        self._known.update(range(self._at, self._at + count))
        self._at += count

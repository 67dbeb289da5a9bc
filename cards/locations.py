"""The card for administrators: the organisation's sites and the public places it named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn, View
from cards.elements import Element, Sheet, button, column, row, words
from cards.names import plain

# Above this the buttons would not fit in one card: names only, and the words to type.
MOST_BUTTONS = 24
MOST_NAMES = 120

CLASSES = {
    "site": marked("Our own sites"),
    "neighbourhood": marked("Neighbourhood centres"),
    "library": marked("Libraries"),
    "third": marked("Cafés and other places"),
    "partner": marked("Other organisations"),
}
PROBLEMS = {
    "name_taken": marked("There is already a place with that name. Choose another name."),
    "no_name": marked("Type the name of the place too."),
    "no_class": marked(
        "Type what kind of place it is too: a site, library, neighbourhood centre, café or partner organisation."
    ),
    "unknown_name": marked("I know no place with that name. These are the names:"),
    "address_like": marked("That looks like an address. I keep names only, no addresses."),
    "too_long": marked("That name is too long. Use at most 60 characters."),
    "known_word": marked("I already use that word for something else. Choose a name of its own."),
    "unknown_act": marked("I did not understand what you want to change. Nothing has changed."),
    "unknown_site": marked("Say first which of your own sites it is, by its name."),
    "no_keeper": marked("Type the name of the keeper too, or “nobody”."),
    "unknown_person": marked("I know nobody with that name in your teams. Type the whole name, or mention the person."),
    "which_keeper": marked("More than one person has that name. Whom do you mean?"),
    "not_admin": marked("Only an administrator can change places."),
}
CHANGES = {
    "added": marked("{name} has been added."),
    "renamed": marked("It is called {name} from now on."),
    "retired": marked("{name} can no longer be chosen. What was planned there stays."),
    "restored": marked("{name} can be chosen again."),
    "keeper_removed": marked("Nobody but an administrator closes {name} any more."),
    "unchanged": marked("{name} was already so. Nothing has changed."),
}


@dataclass(frozen=True, slots=True)
class NamedSpot:
    """A place with a name; `place` is its class ("site", "library", ...). Retired: no longer offered.

    `keeper`: the name of who keeps a site, empty where it is not known, None = nobody.
    """

    id: str
    name: str
    place: str
    retired: bool = False
    keeper: str | None = None


@dataclass(frozen=True, slots=True)
class LocationsView(View):
    """All named places; what was changed, if anything (the kind of change and the place as it is now).

    `problem`: "name_taken", "no_name", "no_class", "unknown_name", "address_like", "too_long", "known_word" (it means
    another class), "unknown_act", "unknown_site", "no_keeper", "unknown_person", "which_keeper" or "not_admin".
    `choosing`: the site that gets a keeper, and the people with that name (user id, name).
    """

    places: tuple[NamedSpot, ...]
    changed: tuple[str, NamedSpot] | None = None
    problem: str | None = None
    choosing: tuple[NamedSpot, tuple[tuple[str, str], ...]] | None = None


def draw_locations(view: LocationsView, language: str) -> Drawn:
    """The list by class, each with a button, and what to type."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Sites and places"))
    if view.changed:
        kind, spot = view.changed
        sheet.say(_changed(t, kind, spot))
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem]))
    if view.choosing:
        _people(sheet, *view.choosing)
    if not view.places:
        sheet.say(t("No place has a name yet."))
    _lists(sheet, view)
    if view.problem != "not_admin":
        _what_to_type(sheet)
    return sheet.done()


def _lists(sheet: Sheet, view: LocationsView) -> None:
    t, pressable = sheet.t, view.problem != "not_admin" and len(view.places) <= MOST_BUTTONS
    for place, heading in CLASSES.items():
        spots = [spot for spot in view.places[:MOST_NAMES] if spot.place == place]
        if not spots:
            continue
        sheet.heading(t(heading))
        names = [_name(t, spot) for spot in spots]
        if pressable:
            sheet.add(*(_row(t, spot) for spot in spots))
            sheet.write(names)
        else:
            sheet.say(", ".join(names))
    if len(view.places) > MOST_NAMES:
        more = len(view.places) - MOST_NAMES
        sheet.say(t.many("And {count} more.", "And {count} more.", more))


def _changed(t: Texts, kind: str, spot: NamedSpot) -> str:
    if kind == "keeper_set":
        keeper = plain(spot.keeper or "")
        return t(
            "{keeper} is the keeper of {name} now, and can close and open it with /office. I do not tell {keeper}: please do.",
            keeper=keeper,
            name=plain(spot.name),
        )
    return t(CHANGES[kind], name=plain(spot.name))


def _people(sheet: Sheet, site: NamedSpot, people: Sequence[tuple[str, str]]) -> None:
    """Buttons for the people with the name that was typed; their whole names can be typed as well."""
    t = sheet.t
    sheet.buttons([button(t, plain(name), "locations.keeper", id=site.id, user=user) for user, name in people])
    sheet.write([t("/locations keeper {name} {keeper}", name=plain(site.name), keeper=plain(who)) for _, who in people])


def _name(t: Texts, spot: NamedSpot) -> str:
    if spot.retired:
        return t("{name} (no longer in use)", name=plain(spot.name))
    if spot.keeper is None:
        return plain(spot.name)
    keeper = plain(spot.keeper) if spot.keeper else t("somebody")
    return t("{name} (keeper: {keeper})", name=plain(spot.name), keeper=keeper)


def _row(t: Texts, spot: NamedSpot) -> Element:
    """The name, and a small button that says in full what it does."""
    verb = "locations.restore" if spot.retired else "locations.retire"
    short = t("Restore") if spot.retired else t("Remove")
    full = t("Restore {name}", name=plain(spot.name)) if spot.retired else t("Remove {name}", name=plain(spot.name))
    action = button(t, full, verb, id=spot.id)
    return row(
        column("stretch", words(_name(t, spot), subtle=spot.retired), centered=True),
        column("auto", words(short), style="emphasis", select_action=action),
    )


def _what_to_type(sheet: Sheet) -> None:
    t = sheet.t
    sheet.heading(t("How to change this list"))
    sheet.bullets(list(_examples(t)))


def _examples(t: Texts) -> Iterable[str]:
    yield t("/locations add Town Hall")
    yield t("/locations add library Riverside")
    yield t("/locations rename Riverside to Quayside")
    yield t("/locations remove Quayside")
    yield t("/locations restore Quayside")
    yield t("/locations keeper Town Hall Anna de Vries")
    yield t("/locations keeper Town Hall nobody")

"""Names are data: whatever somebody is called, the card stays a card and nobody is misled."""

import json
import re
import sys
import unicodedata
from dataclasses import replace
from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from cards.locations import LocationsView, NamedSpot
from cards.names import (
    FIRST_RIGHT_TO_LEFT,
    LONGEST_NAME,
    LONGEST_NAME_BYTES,
    _breaks,
    _cleaned,
    _hidden,
    _right_to_left,
    plain,
)
from cards.notices import SentPrivatelyView
from cards.renderers import draw
from cards.where import (
    BoardView,
    ChangedView,
    HomeView,
    KindRows,
    Offer,
    PartStay,
    PlaceRow,
    Spot,
    Stay,
    TeamChoice,
    UnclearView,
    Who,
)
from tests.cards.board_cases import team_of_six
from tests.cards.elements import faults, texts_of
from tests.cards.invented import HOME, MANY_SPOTS, TEAM, TODAY, parts
from tests.cards.plan_cases import PLAN

LIMIT = 25_000
NASTY = (
    "*_[x](http://evil.example)_*",
    "<at>Anneke Visser</at>",
    "&lt;at&gt;Anneke&lt;/at&gt;",
    "`x` ~~y~~ \\_z\\_ {{DATE(2026-11-22T00:00:00Z)}}",
    "Jan\n\n# Kop\r\n- punt",
    "- punt",
    "1. een",
    "www.evil.example",
    "\u202eneerd\u202c om",
    "\u0000\u200b\ufeff",
    "عبد الرحمن بن عوف",
    "😀" * 40,
    "W" * 300,
    "",
)
MARKUP = re.compile(r"[*_`~\[\]<>\\|{}]")
names = st.one_of(st.sampled_from(NASTY), st.text(max_size=80))
kinds = st.sampled_from(["focus", "together", "counter", "field", "learning", "consultation", None])


def size(card) -> int:
    return len(json.dumps(card, ensure_ascii=False).encode())


@given(names)
def test_a_name_has_no_markup_one_line_and_a_bound(name):
    shown = plain(name)
    assert not MARKUP.search(shown)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"&(?:#\w+|\w+);", shown)
    assert "://" not in shown
    assert not re.match(r"(?:[-+#]|\d+[.)])\s", shown)
    assert len(shown) <= LONGEST_NAME + 6
    assert len(shown.encode()) <= LONGEST_NAME_BYTES + 20
    assert plain(shown) == shown


@given(st.text(alphabet=st.characters(categories=("L",)), min_size=1, max_size=LONGEST_NAME // 2))
def test_letters_stay_as_they_are(name):
    shown = plain(name).strip("\u2068\u2069\u2060")
    assert shown == name or shown.endswith("…")


@example(["a", "://", "b"], 60)
@example(["a", " ", "-", " ", "www."], 60)
@given(st.lists(st.sampled_from([*"abÉſƀ wWşØz'’.,-()/019 *&#\u200b", "://", "www."]), max_size=70), st.integers(3, 60))
def test_the_short_way_for_ordinary_names_leads_to_the_same(pieces, longest):
    name = "".join(pieces)
    assert plain(name, longest) == _cleaned(name, longest)


def test_characters_that_are_not_looked_at_one_by_one_need_no_look():
    everything = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [c for c in everything if c.isprintable() and c != " " and (_breaks(c) or _hidden(c))] == []
    assert [c for c in everything if c < FIRST_RIGHT_TO_LEFT and _right_to_left(c)] == []


def test_ordinary_names_stay_as_they_are():
    for name in (
        "Jansen, Anneke (Gemeente Voorbeeldrecht)",
        "Bram d'Hondt-O'Neill",
        "Team R&D",
        "Jeugd & Gezin",
        "a.b@c",
    ):
        assert plain(name) == name


def test_a_right_to_left_name_does_not_turn_its_neighbours_around():
    shown = plain("عبد الرحمن")
    assert (shown[0], shown[-1]) == ("\u2068", "\u2069")


@st.composite
def boards(draw_value) -> BoardView:
    count = draw_value(st.sampled_from([0, 1, 40, 60, 61, 400]))
    pool = draw_value(st.lists(names, min_size=1, max_size=8))
    spots = [Spot("site", name, f"id{n}") for n, name in enumerate(pool)] * 8
    spots = [replace(spot, named=f"id{n}") for n, spot in enumerate(spots)]
    shape: dict[str | None, dict[Spot, list[Who]]] = {}
    for number in range(count):
        kind, spot = draw_value(kinds) if number < 7 else "focus", spots[number % len(spots)]
        who = Who(pool[number % len(pool)], "morning", Stay(spots[number % 3], "counter"))
        shape.setdefault(kind, {}).setdefault(spot, []).append(who)
    rows = tuple(KindRows(k, tuple(PlaceRow(s, tuple(w)) for s, w in places.items())) for k, places in shape.items())
    team = TeamChoice("19:" + "x" * 60, pool[0])
    page = draw_value(st.sampled_from([None, 0, 3, 99]))
    return BoardView(team, TODAY, TODAY, rows, page=page, others=(team,) * 9)


def check(view) -> None:
    for language in ("nl", "en"):
        drawn = draw(view, language)
        assert size(drawn.card) < LIMIT, size(drawn.card)
        assert len(drawn.text.encode()) < LIMIT
        assert faults(drawn.card) == []
        assert not [text for text in texts_of(drawn.card) if MARKUP.search(text)]
        assert not [c for c in drawn.text if unicodedata.category(c) == "Cc" and c != "\n"]


@given(boards())
def test_a_board_of_any_names_is_a_card(view):
    check(view)


@given(boards(), names)
def test_a_home_of_any_names_is_a_card(board, name):
    check(HomeView(long_plan(name), board))


def long_plan(name):
    """Two full weeks, weekends too, every day-part at a place with this name."""
    spot = Spot("library", name, "abcdefghijkl")
    days = [TODAY - timedelta(days=1) + timedelta(days=n) for n in range(14)]
    filled = tuple(PartStay(day, part, Stay(spot, "consultation")) for day in days for part in ("morning", "afternoon"))
    return replace(PLAN, parts=filled, teams=(TeamChoice("19:" + "x" * 60, name),) * 9)


@given(names)
def test_a_plan_with_everything_open_is_a_card(name):
    plan = long_plan(name)
    spots = tuple(replace(spot, name=name) if spot.name else spot for spot in MANY_SPOTS)
    changed = ChangedView(TODAY, plan.parts, undo=plan.parts)
    check(replace(plan, opened=plan.parts[6:8], spots=spots, changed=changed, kind="consultation"))
    check(replace(plan, changed=changed))


@given(names, st.integers(1, 100))
def test_a_change_of_any_length_is_a_card(name, days):
    stays = {
        (n, half): Stay(Spot("site", name, "abcdefghijkl"), "counter") for n in range(days) for half in ("morning",)
    }
    changed = parts(TODAY, days, stays)
    check(ChangedView(TODAY, changed, undo=changed, offer=(TEAM,) * 9, board=team_of_six()))


@given(names, st.integers(1, 100))
def test_an_unclear_sentence_of_any_length_is_a_card(name, days):
    stays = {(n, "morning"): Stay(HOME) for n in range(days)}
    asked = parts(TODAY, days, stays)
    spots = tuple(replace(spot, name=name) if spot.name else spot for spot in MANY_SPOTS)
    check(UnclearView("no_place", TODAY, parts=parts(TODAY, days), spots=spots))
    check(UnclearView("two_places", TODAY, parts=asked, offers=(Offer(asked),) * 4))
    check(UnclearView("leftover", TODAY, parts=asked, spot=Spot("site", name, "x")))


@given(st.lists(names, max_size=200))
def test_a_list_of_any_places_is_a_card(found):
    check(LocationsView(tuple(NamedSpot(f"id{n}", name, "library", n % 2 == 0) for n, name in enumerate(found))))


@given(names)
def test_a_notice_never_mentions_anybody(name):
    assert "<at>" not in draw(SentPrivatelyView(name), "nl").text

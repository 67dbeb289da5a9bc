"""The judge of the proof: what it must notice."""

import json
from pathlib import Path

from tests.proof.arrivals import Flow, closest_in_one_conversation, most_within, read, said, standing


def write(path: Path, *lines: dict) -> Path:
    usual = {
        "at": 1.0,
        "house": "1",
        "method": "POST",
        "conversation": "a:1",
        "activity": "m1",
        "kind": "message",
        "text": "bell 1",
    }
    path.write_text("".join(json.dumps(line if "status" in line else usual | line) + "\n" for line in lines))
    return path


def test_twice_is_seen_and_a_refusal_is_not_said(tmp_path: Path):
    arrivals = read(
        write(
            tmp_path / "log",
            {"n": 1},
            {"n": 2},
            {"n": 3, "conversation": "a:2"},
            {"n": 2, "status": 200},
            {"n": 3, "status": 502},
        )
    )
    assert said(arrivals, "bell") == {("a:1", "bell 1"): 2}
    assert said(arrivals, "board") == {}


def test_a_line_that_was_cut_may_have_been_read(tmp_path: Path):
    assert said(read(write(tmp_path / "log", {"n": 1}, {"n": 1, "status": 0})), "bell") == {("a:1", "bell 1"): 1}


def test_what_stands_there_is_the_last_drawing(tmp_path: Path):
    arrivals = read(write(tmp_path / "log", {"n": 1}, {"n": 2, "method": "PUT", "text": "bell 2"}))
    assert standing(arrivals, "bell") == {("a:1", "m1"): "bell 2"}


def test_a_window_begins_anywhere():
    assert most_within([0.0, 0.9, 1.0, 1.8, 3.0], 1.0) == 3
    assert most_within([0.0, 1.0, 2.0], 1.0) == 1
    assert most_within([], 1.0) == 0


def test_two_messages_too_close_in_one_conversation_are_seen(tmp_path: Path):
    arrivals = read(
        write(
            tmp_path / "log",
            {"n": 1, "at": 1.0},
            {"n": 2, "at": 1.1, "conversation": "a:2"},
            {"n": 3, "at": 1.4},
        )
    )
    assert round(closest_in_one_conversation(arrivals), 3) == 0.4
    assert closest_in_one_conversation(arrivals[:2]) == float("inf")


def test_a_flow_is_measured_from_its_first_to_its_last():
    flow = Flow.of([n / 10 for n in range(101)])
    assert (flow.messages, flow.seconds, flow.sustained, flow.busiest, flow.slowest) == (101, 10.0, 10.0, 10, 10)

"""What an organisation switches on or off, each by itself (promise 10)."""

from collections.abc import Mapping
from enum import StrEnum


class Capability(StrEnum):
    WHERE = "where"  # plans, patterns, boards, finding by kind of work
    REACH = "reach"
    CLOSING = "closing"  # closing a site, and counts for catering
    COUNTER = "counter"
    FOCUS = "focus"


# What reads or fills in plans is of no use, and not decided upon, while plans are off.
NEEDS_PLANS = frozenset({Capability.CLOSING, Capability.COUNTER})


def switched_on(switches: Mapping[str, bool], *, all_on: bool) -> frozenset[str]:
    """What is on: what was switched on, and with `all_on` whatever was not switched off; what needs plans only with them."""
    found = frozenset(each for each in Capability if switches.get(each, all_on))
    return found if Capability.WHERE in found else found - NEEDS_PLANS

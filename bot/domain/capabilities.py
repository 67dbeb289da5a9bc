"""What an organisation switches on or off, each by itself (promise 10)."""

from enum import StrEnum


class Capability(StrEnum):
    WHERE = "where"  # plans, patterns, boards, finding by kind of work
    REACH = "reach"
    CLOSING = "closing"  # closing a site, and counts for catering
    COUNTER = "counter"

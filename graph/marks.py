"""How Samen marks an event of its own: named properties that no calendar shows."""

from hashlib import sha256

# The GUID is Samen's own property set; it stands in people's calendars, so it never changes.
_SET = "{6e1c2f0a-5d0b-4c59-9c4e-7a1f0f6f5a3d}"
MARK = f"String {_SET} Name samen"
# What the subject was, to see whether the person gave it another: kept in the event itself and nowhere else.
SEAL = f"String {_SET} Name subject"


def seal(subject: str) -> str:
    """What a subject is told by."""
    return sha256(subject.strip().encode()).hexdigest()[:32]

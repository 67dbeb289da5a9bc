"""How Samen marks an event of its own: a named property that no calendar shows."""

# The GUID is Samen's own property set; it stands in people's calendars, so it never changes.
MARK = "String {6e1c2f0a-5d0b-4c59-9c4e-7a1f0f6f5a3d} Name samen"

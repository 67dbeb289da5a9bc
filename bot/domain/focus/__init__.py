"""The rules of `/focus`: protected time, what Samen leaves in Teams and the calendar for it, and how that goes again."""

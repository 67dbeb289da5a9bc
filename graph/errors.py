"""What can go wrong on Microsoft's side, by name."""


class TokenUnavailableError(Exception):
    """Azure gives the app no token for its own identity, now or ever; the message says which kind of failure."""

"""What an operator may know of a fault: its kind and its place in the code, never its words."""

import traceback
from pathlib import PurePath


def where_it_failed(error: BaseException) -> str:
    """The last steps before a fault as "module:line" - an error's own text may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(f"{PurePath(frame.filename).stem}:{frame.lineno}" for frame in frames)

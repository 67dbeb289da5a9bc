"""Names that people or administrators typed: data, never markup."""

import re
import unicodedata

LONGEST_NAME = 60  # characters; the rest is cut with an ellipsis, so that a card has a bound
NAMELESS = "?"  # a name of nothing visible
LONGEST_NAME_BYTES = 100  # European scripts at nearly full length, Arabic and Chinese shorter

# Clients differ in how they undo a backslash (Teams on Windows and on Android showed different text for the same
# escape, msteams-docs issue 5793), so Markdown's and HTML's own characters become look-alikes that mean nothing.
LOOK_ALIKES = str.maketrans(
    {
        "*": "∗",
        "_": "＿",
        "`": "ˋ",
        "~": "∼",
        "[": "［",
        "]": "］",
        "<": "‹",
        ">": "›",
        "\\": "＼",
        "|": "∣",
        "{": "｛",
        "}": "｝",
        "&": "＆",
    }
)
JOINER = "\u2060"  # invisible, no line break: keeps clients from making a link of "https://..." or "www..."
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
FIRST_RIGHT_TO_LEFT = "\u0590"  # the block of Hebrew; no script before it is written from right to left
ORDINARY_AMPERSAND = re.compile(r"&(?=\s|$|[A-Z]\b)")  # "Jeugd & Gezin", "R&D": no entity, so it may stay
LINE_MARK = re.compile(r"^(?:[-+#]|\d+[.)])(?=\s)")  # would start a list or heading
LINK = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
# Nothing in such a name can mean anything but itself.
ORDINARY = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-z0-9À-ÖØ-öø-ɏ'’.,()/-]*+(?: [A-Za-z0-9À-ÖØ-öø-ɏ'’.,()/-]++)*+")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(name: str, longest: int = LONGEST_NAME) -> str:
    """A name as text that no client reads as markup, link or mention; one line, at most so many characters.

    Idempotent. A name in a right-to-left script is isolated, so that it does not turn its neighbours around.
    """
    # A board has dozens, and looking at each character costs more than the rest of the board.
    if len(name.encode()) <= longest and ORDINARY.fullmatch(name) and "www" not in name.casefold():
        return name
    return _cleaned(name, longest)


def _cleaned(name: str, longest: int) -> str:
    # Looking at each character is slow, and what can be printed is all visible.
    seen = name if name.isprintable() else "".join(" " if _breaks(c) else c for c in name if not _hidden(c))
    bare = shortened(
        ORDINARY_AMPERSAND.sub("\0", " ".join(seen.split()) or NAMELESS).translate(LOOK_ALIKES).replace("\0", "&"),
        longest,
        longest * LONGEST_NAME_BYTES // LONGEST_NAME,
    )
    if LINE_MARK.match(bare):
        bare = JOINER + bare
    bare = LINK.sub(JOINER, bare)
    turned = any(_right_to_left(c) for c in bare if c >= FIRST_RIGHT_TO_LEFT)
    return f"{ISOLATE}{bare}{END_ISOLATE}" if turned else bare


def _breaks(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def _hidden(char: str) -> bool:
    # Zero-width joiners belong in some scripts and in emoji; everything else unseen can only mislead.
    return unicodedata.category(char) in INVISIBLE and not _breaks(char) and char not in "\u200c\u200d"


def _right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in {"R", "AL"}


def shortened(text: str, longest: int = LONGEST_NAME, most_bytes: int = LONGEST_NAME_BYTES) -> str:
    """The text, or its beginning and an ellipsis where it is longer than so many characters or bytes."""
    if len(text) <= longest and len(text.encode()) <= most_bytes:
        return text
    cut = text[: longest - 1]
    while len(cut.encode()) > most_bytes - len("…".encode()):
        cut = cut[:-1]
    return cut.rstrip() + "…"

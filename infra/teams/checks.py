"""What Teams would refuse or spoil, found without asking Teams: sizes, lengths, colours, and values not filled in."""

import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

MOST_COMMANDS = 12
LONGEST_TITLE, LONGEST_DESCRIPTION = 32, 128
SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BITS, WITH_ALPHA = 8, 6
BYTES_A_PIXEL = 4
OPAQUE, CLEAR = 255, 0
WHITE = (255, 255, 255)


class Wrong(Exception):
    """One sentence that names what is wrong."""


def check_limits(manifest: dict[str, Any], english: dict[str, Any]) -> None:
    """Raises Wrong for a menu that is too long, a text left in one language, or a value that was not filled in."""
    for content in (manifest, english):
        if "${{" in json.dumps(content):
            raise Wrong("A value of the manifest was not filled in.")
    translated = set(_texts(manifest))
    if translated != set(english) - {"$schema"}:
        raise Wrong(f"Only one of the two languages has {sorted(translated ^ (set(english) - {'$schema'}))}.")
    for number, menu in enumerate(manifest["bots"][0]["commandLists"]):
        if len(menu["commands"]) > MOST_COMMANDS:
            raise Wrong(f"Menu {number} has more than {MOST_COMMANDS} commands.")
    for key, text in [*_texts(manifest).items(), *english.items()]:
        longest = LONGEST_TITLE if key.endswith("title") else LONGEST_DESCRIPTION if "commands[" in key else len(text)
        if not text.strip() or len(text) > longest:
            raise Wrong(f"{key} must be 1 to {longest} characters: {text!r}.")


def _texts(manifest: dict[str, Any]) -> dict[str, str]:
    """Every text that a language file must have, by the key it has there."""
    texts = {f"{part}.{kind}": manifest[part][kind] for part in ("name", "description") for kind in ("short", "full")}
    for number, menu in enumerate(manifest["bots"][0]["commandLists"]):
        for position, command in enumerate(menu["commands"]):
            place = f"bots[0].commandLists[{number}].commands[{position}]"
            texts |= {f"{place}.{kind}": command[kind] for kind in ("title", "description")}
    return texts


def check_color(png: bytes, size: int) -> None:
    """A full square: Teams rounds the corners itself."""
    if any(pixel[3] != OPAQUE for pixel in pixels(png, size)):
        raise Wrong("The colour icon must not be transparent anywhere.")


def check_outline(png: bytes, size: int) -> None:
    """White lines on nothing: Teams colours it."""
    seen = list(pixels(png, size))
    if any(pixel[:3] != WHITE for pixel in seen if pixel[3]):
        raise Wrong("The outline icon must be white on transparent.")
    if {OPAQUE, CLEAR} - {pixel[3] for pixel in seen}:
        raise Wrong("The outline icon must have both lines and transparent parts.")


def pixels(png: bytes, size: int) -> Iterator[tuple[int, ...]]:
    """Every pixel (red, green, blue, alpha) of a square PNG as our renderer writes it; raises Wrong for another size."""
    chunks = dict(_chunks(png))
    width, height, depth, kind, *_rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if (width, height) != (size, size):
        raise Wrong(f"An icon is {width} by {height} pixels instead of {size}.")
    if (depth, kind) != (EIGHT_BITS, WITH_ALPHA):
        raise Wrong("An icon must be written with 8 bits a colour and transparency.")
    raw, length = zlib.decompress(chunks[b"IDAT"]), width * BYTES_A_PIXEL
    above = bytes(length)
    for start in range(0, len(raw), length + 1):
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + length], above)
        yield from (tuple(above[at : at + BYTES_A_PIXEL]) for at in range(0, length, BYTES_A_PIXEL))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG; the image data joined into one (PNG specification, section 5)."""
    if not png.startswith(SIGNATURE):
        raise Wrong("An icon is no PNG.")
    at, image = len(SIGNATURE), b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        image += content if name == b"IDAT" else b""
        yield name, image if name == b"IDAT" else content
        at += length + 12


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """A line as it was before the filter (PNG specification, section 9)."""
    done = bytearray(line)
    for at, value in enumerate(line):
        left, up = (done[at - BYTES_A_PIXEL] if at >= BYTES_A_PIXEL else 0), above[at]
        corner = above[at - BYTES_A_PIXEL] if at >= BYTES_A_PIXEL else 0
        nearest = min((left, up, corner), key=lambda candidate: abs(left + up - corner - candidate))
        done[at] = (value + (0, left, up, (left + up) // 2, nearest)[kind]) % 256
    return bytes(done)

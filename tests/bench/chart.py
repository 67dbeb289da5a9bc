"""Pictures of figures, drawn as SVG by hand: no library for two kinds of picture."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, ROW, LEFT, RIGHT, TOP = 760, 30, 250, 90, 48
OURS, THEIRS, INK, FAINT = "#4f6bed", "#b8bcc8", "#242424", "#e2e4ea"
FONT = 'font-family="Segoe UI, Helvetica, Arial, sans-serif"'


def bars(title: str, values: Mapping[str, float]) -> str:
    """A bar for each value; Samen's own in its colour."""
    most = max(values.values())
    drawn = []
    for number, (name, value) in enumerate(values.items()):
        y = TOP + number * ROW
        long = max(1.0, (WIDTH - LEFT - RIGHT) * value / most)
        colour = OURS if name.startswith("Samen") else THEIRS
        drawn += [
            _text(LEFT - 10, y + 17, name, anchor="end"),
            f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="{ROW - 8}" rx="3" fill="{colour}"/>',
            _text(LEFT + long + 8, y + 17, f"{value:,.0f}"),
        ]
    return _picture(title, TOP + len(values) * ROW + 12, drawn)


def line(title: str, runs: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """A line for each run of [across, up]; up begins at zero."""
    across = max(point[0] for seen in runs.values() for point in seen)
    up = 50 * (1 + max(point[1] for seen in runs.values() for point in seen) // 50)
    left, high = 60, 240

    def place(point: Sequence[float]) -> tuple[float, float]:
        return left + (WIDTH - left - 150) * point[0] / across, TOP + high * (1 - point[1] / up)

    drawn = []
    for value in range(0, int(up) + 1, 50):
        y = place((0, value))[1]
        drawn.append(f'<line x1="{left}" x2="{WIDTH - 150}" y1="{y:.1f}" y2="{y:.1f}" stroke="{FAINT}"/>')
        drawn.append(_text(left - 8, y + 4, str(value), anchor="end"))
    marks = [across * part / 4 for part in range(5)]
    drawn += [_text(place((mark, 0))[0], TOP + high + 20, f"{mark:,.0f}", "middle") for mark in marks]
    highest_first = sorted(runs.items(), key=lambda run: -run[1][-1][1])
    for number, (name, seen) in enumerate(highest_first):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(place, seen))
        dashes = ' stroke-dasharray="6 4"' if number else ""
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{OURS}" stroke-width="2"{dashes}/>')
        x, y = place(seen[-1])
        drawn.append(_text(x + 8, y + (14 if number else -4), name))
    return _picture(title, TOP + high + 36, drawn)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" text-anchor="{anchor}" fill="{INK}" {FONT}>{escape(words)}</text>'


def _picture(title: str, height: int, drawn: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">'
    )
    paper = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    name = f'<text x="16" y="28" font-size="16" font-weight="600" fill="{INK}" {FONT}>{escape(title)}</text>'
    return "\n".join([head, paper, name, *drawn, "</svg>", ""])

"""Pictures of the golden cards as Teams draws them, nearly: `python tests/cards/pictures.py [folder] [words in names]`.

Needs Chromium (SAMEN_CHROMIUM, else /usr/bin/chromium) and `npm ci` in tests/cards/render. 480 px is a card on a
desktop, 320 px one on a phone. Real Teams differs in letter and corner, not in what fits.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
RENDER = HERE / "render"
WIDTHS = (480, 320)
SCRIPTS = ("adaptivecards/dist/adaptivecards.min.js", "markdown-it/dist/markdown-it.min.js")
CHROMIUM = os.environ.get("SAMEN_CHROMIUM", "/usr/bin/chromium")


@contextmanager
def renderer() -> Iterator[Page]:
    """A page that draws cards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 560, "height": 900}, device_scale_factor=1)
        page.set_content((RENDER / "page.html").read_text("utf-8"))
        for script in SCRIPTS:
            page.add_script_tag(path=RENDER / "node_modules" / script)
        yield page
        browser.close()


def drawn(page: Page, card: dict[str, Any], width: int) -> dict[str, Any]:
    """Draw a card; what the renderer complained of, what is clipped, and how many links there are."""
    found: dict[str, Any] = page.evaluate("([card, width]) => show(card, width)", [card, width])
    return found


def main(folder: Path, wanted: list[str]) -> int:
    """Draw the golden cards whose name holds one of the words; 1 when something is clipped or complained of."""
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    with renderer() as page:
        for path in sorted(GOLDEN.glob("*/*.json")):
            name = f"{path.parent.name}_{path.stem}"
            if wanted and not any(word in name for word in wanted):
                continue
            for width in WIDTHS:
                found = drawn(page, json.loads(path.read_text("utf-8")), width)
                page.locator("body").screenshot(path=folder / f"{name}_{width}.png", animations="disabled")
                if found["clipped"] or found["complaints"] or found["links"]:
                    bad = 1
                    sys.stdout.write(f"{name} at {width} px: {found}\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/pictures"), sys.argv[2:]))

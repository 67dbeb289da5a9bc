"""The page that shows the made-up people live, and the files it is made of."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
FILES = {"/": "index.html", "/_twin/style.css": "style.css", "/_twin/page.js": "page.js", "/_twin/words.js": "words.js"}
# Nothing from elsewhere, and nobody may put the page in a frame of theirs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-ancestors 'none'"
)

GUARDED = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}


class Pages:
    """The page's files."""

    def routes(self) -> list[web.RouteDef]:
        return [web.get(path, self.file) for path in FILES]

    async def file(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(
            FOLDER / FILES[request.path],
            headers={**GUARDED, "Cache-Control": "no-cache"},
        )

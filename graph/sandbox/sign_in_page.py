"""The page where a made-up person signs in with one press: what Microsoft's own sign-in window is in Teams."""

from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from graph.sandbox import sign_in
from graph.sandbox.door import names_loopback
from graph.sandbox.pages import GUARDED
from graph.sandbox.refusals import bad, missing
from graph.sandbox.token_paths import SIGN_IN, read_state
from graph.sandbox.twin import Twin
from graph.sandbox.world import Holdings, SignIn

FRAME = (Path(__file__).parent / "page" / "sign-in.html").read_text("utf-8")
ASK = """<h1>Samen vraagt toegang <span lang="en">Samen asks for access</span></h1>
<p>{name}, mag Samen dit met jouw account doen? <span lang="en">May Samen do this with your account?</span></p>
<ul>
<li>je aanwezigheid lezen en zetten <span lang="en">read and set your presence</span></li>
<li>je agenda lezen en wijzigen <span lang="en">read and change your calendar</span></li>
<li>je werktijden lezen <span lang="en">read your working hours</span></li>
<li>je naam lezen <span lang="en">read your name</span></li>
</ul>
<form method="post"><button>Toestaan en aanmelden <span lang="en">Allow and sign in</span></button></form>"""
ADMIN = """<h1>Een beheerder moet dit eerst goedkeuren <span lang="en">An administrator must approve first</span></h1>
<p>{name}, je kunt dit zelf niet toestaan. <span lang="en">You cannot allow this yourself.</span></p>"""
CODE = """<h1>Bijna klaar, {name} <span lang="en">Almost done</span></h1>
<p>Typ deze code in de chat met Samen: <span lang="en">Type this code in the chat with Samen:</span></p>
<p class="code">{digits}</p>
<p>De code geldt tien minuten. <span lang="en">It is good for ten minutes.</span></p>"""


class SignInPage:
    """Shows what is asked, and gives a code or goes back to where the bot said."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def routes(self) -> list[web.RouteDef]:
        return [web.get(SIGN_IN, self.show), web.post(SIGN_IN, self.allow)]

    async def show(self, request: web.Request) -> web.Response:
        one, _, standing = self._asked(request)
        return _framed(ADMIN if standing.state == "needs_admin" else ASK, name=one.person.name)

    async def allow(self, request: web.Request) -> web.Response:
        one, connection, standing = self._asked(request)
        if standing.state == "needs_admin":
            return _framed(ADMIN, name=one.person.name)
        world = self._twin.store.world
        world, digits = sign_in.with_code(world, one.person, connection, self._twin.now())
        self._twin.store.put(world)
        back = request.query.get("finalRedirect")
        if back is None:
            return _framed(CODE, name=one.person.name, digits=digits)
        if not names_loopback(back):
            raise bad("The twin sends nobody away from this machine.")
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": f"{back}?{urlencode({'code': digits})}"})

    def _asked(self, request: web.Request) -> tuple[Holdings, str, SignIn]:
        connection, who = read_state(request.query.get("state", ""))
        one = self._twin.store.world.found(who)
        if one is None:
            raise missing("Nobody here is called that.")
        return one, connection, sign_in.standing(one, connection, self._twin.sign_in)


def _framed(words: str, **values: str) -> web.Response:
    body = words.format(**{name: escape(value) for name, value in values.items()})
    return web.Response(text=FRAME.replace("{body}", body), content_type="text/html", headers=GUARDED)

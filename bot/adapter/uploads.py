"""Bringing a file to somebody's own OneDrive: the one address that the bot is given with an activity and writes to."""

import io
import re
from collections.abc import Iterable

import aiohttp
import yarl

from bot.adapter.config import DoorConfig
from bot.adapter.network import Network
from bot.adapter.service_urls import is_allowed, parse_address
from bot.errors import NetworkInsideUnit, Refused, Transient
from bot.turn import unit_is_open

LARGEST = 8 * 1024 * 1024  # bytes; an upload takes up to 60 MiB in one piece, years of plans are below 1
PATIENCE = aiohttp.ClientTimeout(total=30, connect=5)  # seconds; nobody's press waits for it

# `<tenant>.sharepoint.com` and `<tenant>-my.sharepoint.com`: learn.microsoft.com/microsoft-365/enterprise/
# urls-and-ip-address-ranges, "SharePoint Online and OneDrive for Business". In the clouds with other names bots get no
# files (learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4). No tenant's name is punycode.
_ONEDRIVE = re.compile(r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.sharepoint\.com")
_HTTPS = 443
_LONGEST = 8192  # characters; OneDrive's own carry a token of some 2000
# The address in front is read by `parse_address`; what follows the first slash can no longer change whose it is.
_SHAPE = re.compile(
    r"(https?://[a-z0-9.:-]+)/[a-z0-9._~!$&'()*+,;=:@%/-]*(\?[a-z0-9._~!$&'()*+,;=:@%/?-]*)?", re.IGNORECASE | re.ASCII
)


def is_upload_address(url: str, instead: Iterable[str] = ()) -> bool:
    """Whether a file may be brought there: OneDrive's own addresses by https, or only what lies under `instead`."""
    match = _SHAPE.fullmatch(url) if len(url) <= _LONGEST else None
    address = parse_address(match[1]) if match else None
    if match is None or address is None:
        return False
    if instead:
        return is_allowed(match[1], instead)
    return (address.scheme, address.port) == ("https", _HTTPS) and _ONEDRIVE.fullmatch(address.host) is not None


class Uploads:
    """Writes files to upload addresses, without the bot's token or a cookie, and never follows one elsewhere."""

    def __init__(self, network: Network, config: DoorConfig) -> None:
        self._network, self._config = network, config

    @property
    def possible(self) -> bool:
        """Whether this Teams offers files at all: the Playground does not know the card that asks."""
        return not self._config.sandbox

    async def put(self, url: str, content: bytes) -> None:
        """Bring a whole file. What is answered is not read. Raises Refused, Transient, NetworkInsideUnit."""
        if unit_is_open.get():
            raise NetworkInsideUnit
        if not is_upload_address(url, self._config.upload_addresses):
            raise Refused("the upload address is not OneDrive's")
        if not 0 < len(content) <= LARGEST:
            raise Refused("the file is too large, or empty")
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}",
        }
        request = self._network.session.put(
            yarl.URL(url, encoded=True),
            data=io.BytesIO(content),
            headers=headers,
            allow_redirects=False,
            timeout=PATIENCE,
        )
        try:
            async with request as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Transient(f"OneDrive did not answer ({type(error).__name__})") from None
        # 202 asks for more of the file, and there is none: learn.microsoft.com/graph/api/driveitem-createuploadsession
        if status not in (200, 201):
            refused = Refused("OneDrive did not take the file")
            refused.status = status
            raise refused

"""Which addresses a file is brought to: OneDrive's own and nothing that looks like one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.adapter import DoorConfig
from bot.adapter.uploads import is_upload_address
from bot.errors import SettingsError
from tests.fakes.drive import PATH

GOOD = [
    "https://contoso-my.sharepoint.com" + PATH,
    "https://contoso.sharepoint.com//personal/a_b/_api/v2.0/drive/items/01FED/uploadSession?guid=x",
    "https://Contoso-My.SharePoint.com:443/_api/v2.0/drives/b!x-Y_z/items/01ABC/uploadSession?guid='1'&dc=0",
]
BAD = [
    "",
    "contoso-my.sharepoint.com/x",
    "//contoso-my.sharepoint.com/x",
    "http://contoso-my.sharepoint.com/x",
    "ftp://contoso-my.sharepoint.com/x",
    "https://sharepoint.com/x",
    "https://.sharepoint.com/x",
    "https://-.sharepoint.com/x",
    "https://notsharepoint.com/x",
    "https://contoso.notsharepoint.com/x",
    "https://contoso.sharepoint.com.evil.example/x",
    "https://contoso.sharepoint.com./x",
    "https://a.b.sharepoint.com/x",
    "https://evil.example/contoso.sharepoint.com/x",
    "https://evil.example#contoso.sharepoint.com/x",
    "https://evil.example?contoso.sharepoint.com/x",
    "https://evil.example\\.sharepoint.com/x",
    "https://contoso.sharepoint.com@evil.example/x",
    "https://contoso.sharepoint.com:443@evil.example/x",
    "https://user@contoso.sharepoint.com/x",
    "https://user:word@contoso.sharepoint.com/x",
    "https://contoso.sharepoint.com:8443/x",
    "https://contoso.sharepoint.com:80/x",
    "https://contoso.sharepoint.com:/x",
    "https://contoso.sharepoint.com:0/x",
    "https://contoso.sharepoint.com:99999/x",
    "https://contoso.sharepoint.com",
    "https://contoso.sharepoint.com/x#y",
    "https://contoso.sharepoint.com/x y",
    "https://contoso.sharepoint.com/x\r\nHost: evil.example",
    "https://contoso.sharepoint.com/x\n",
    " https://contoso.sharepoint.com/x",
    "https://contoso.sharepoint.com/\u00e9",
    "https://xn--contoso-my.sharepoint.com/x",
    "https://contoso.\u017fharepoint.com/x",
    "https://c\u043entoso.sharepoint.com/x",
    "https://contoso\u3002sharepoint.com/x",
    "https://contoso%2esharepoint.com/x",
    "https://contoso_my.sharepoint.com/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://2130706433/x",
    "https://169.254.169.254/metadata",
    "https://localhost/x",
    "http://127.0.0.1/x",
    "https://contoso.sharepoint.us/x",
    "https://graph.microsoft.com/x",
    "https://contoso.sharepoint.com/" + "x" * 8192,
]


@pytest.mark.parametrize("url", GOOD)
def test_onedrives_own_addresses_are_upload_addresses(url: str) -> None:
    assert is_upload_address(url)
    assert str(URL(url, encoded=True)).partition("/_api")[2] == url.partition("/_api")[2]


@pytest.mark.parametrize("url", BAD)
def test_nothing_else_is_one(url: str) -> None:
    assert not is_upload_address(url)
    assert not is_upload_address(url, ("http://127.0.0.1:5000",))


@given(st.text(alphabet="htps:/.@#?\\-contoso.sharepoint.com 0[]%&'\n\r\tſ。evil", max_size=40))
@example("contoso.sharepoint.com/x")
@example("contoso.sharepoint.com/?x=https://user@evil.example")
def test_what_is_taken_is_onedrive_to_the_one_who_connects_too(rest: str) -> None:
    """Whatever it is made of: the address that is called has exactly one tenant's name before Microsoft's."""
    url = "https://" + rest
    if is_upload_address(url):
        read = URL(url, encoded=True)
        assert (read.scheme, read.port, read.user, read.password) == ("https", 443, None, None)
        assert (read.host or "").count(".") == 2
        assert (read.host or "").endswith(".sharepoint.com")


@pytest.mark.parametrize("url", ["https://contoso-my.sharepoint.com", "http://192.168.0.1", "http://example.org", ""])
def test_upload_addresses_of_tests_are_on_this_machine(url: str) -> None:
    with pytest.raises(SettingsError):
        DoorConfig(upload_addresses=(url,))

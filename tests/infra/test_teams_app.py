"""`make teams-app`: from three settings to the package that an administrator uploads."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile

import pytest

from tests.stack import ROOT

APP_ID = "8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b"
GOOD = {"MicrosoftAppId": APP_ID, "SAMEN_DOMAIN": "samen.voorbeeldrecht.nl"}
OURS = {"microsoftappid", "microsoftapptenantid", "samen_domain", "developername", "developerwebsite"}


def pack(folder, **settings):
    outside = {name: value for name, value in os.environ.items() if name.lower() not in OURS}
    return subprocess.run(
        [sys.executable, "infra/teams/pack.py", folder], cwd=ROOT, env={**outside, **settings},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teams-app")
    done = pack(folder, **GOOD)
    assert done.returncode == 0, done.stderr
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def files(made):
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_holds_four_files_at_its_top(made, files):
    assert set(files) == {"manifest.json", "en.json", "color.png", "outline.png"}
    assert re.fullmatch(r"samen-\d+\.\d+\.\d+\.zip", made.name)


def test_everything_is_filled_in(made, files):
    manifest = json.loads(files["manifest.json"])
    assert "${{" not in files["manifest.json"].decode() + files["en.json"].decode()
    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID
    sign_in = ["token.botframework.com", "europe.token.botframework.com"]
    assert manifest["validDomains"] == ["samen.voorbeeldrecht.nl", *sign_in]
    assert manifest["webApplicationInfo"] == {"id": APP_ID, "resource": f"api://botid-{APP_ID}"}
    assert manifest["developer"]["privacyUrl"] == "https://samen.voorbeeldrecht.nl/privacy"
    assert manifest["version"] in made.name


def test_the_icons_have_the_sizes_that_teams_wants(files):
    """Width and height stand in a PNG's first part."""
    for name, size in (("color.png", 192), ("outline.png", 32)):
        assert files[name].startswith(b"\x89PNG")
        assert files[name][16:24] == size.to_bytes(4, "big") * 2


def test_made_again_it_is_the_same_to_the_last_byte(made, tmp_path):
    assert pack(tmp_path, **GOOD, TZ="Pacific/Auckland").returncode == 0
    (again,) = tmp_path.iterdir()
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (made, again)}
    assert len(digests) == 1


def test_an_own_name_and_website_are_used(tmp_path):
    own = {"DeveloperName": 'Gemeente "Voorbeeldrecht"', "DeveloperWebsite": "https://www.voorbeeldrecht.nl/samen/"}
    tenant = {"microsoftapptenantid": "11111111-2222-4333-8444-555555555555"}
    done = pack(tmp_path, **GOOD, **own, **tenant)
    assert tenant["microsoftapptenantid"] in done.stdout
    with zipfile.ZipFile(next(tmp_path.iterdir())) as archive:
        developer = json.loads(archive.read("manifest.json"))["developer"]
    assert developer["name"] == 'Gemeente "Voorbeeldrecht"'
    assert developer["termsOfUseUrl"] == "https://www.voorbeeldrecht.nl/samen/terms"


@pytest.mark.parametrize(("settings", "named"), [
    ({}, "MicrosoftAppId"),
    ({"MicrosoftAppId": APP_ID}, "SAMEN_DOMAIN"),
    ({"MicrosoftAppId": "", "SAMEN_DOMAIN": "samen.nl"}, "MicrosoftAppId"),
    ({**GOOD, "MicrosoftAppId": "samen"}, "MicrosoftAppId"),
    ({**GOOD, "SAMEN_DOMAIN": "https://samen.nl"}, "SAMEN_DOMAIN"),
    ({**GOOD, "SAMEN_DOMAIN": "localhost"}, "SAMEN_DOMAIN"),
    ({**GOOD, "SAMEN_DOMAIN": "127.0.0.1"}, "SAMEN_DOMAIN"),
    ({**GOOD, "SAMEN_DOMAIN": "*.nl"}, "SAMEN_DOMAIN"),
    ({**GOOD, "SAMEN_DOMAIN": "samen.nl/x"}, "SAMEN_DOMAIN"),
    ({**GOOD, "MicrosoftAppTenantId": "voorbeeldrecht"}, "MicrosoftAppTenantId"),
    ({**GOOD, "DeveloperName": "x" * 33}, "DeveloperName"),
    ({**GOOD, "DeveloperWebsite": "http://www.voorbeeldrecht.nl"}, "DeveloperWebsite"),
    ({**GOOD, "DeveloperWebsite": "https://voorbeeldrecht.nl?q=1"}, "DeveloperWebsite"),
])  # fmt: skip
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path, settings, named):
    done = pack(tmp_path, **settings)
    assert done.returncode == 2
    assert done.stderr.startswith(named)
    assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def checks(monkeypatch):
    """The package's own checks, as a module: infra holds scripts, nothing that is imported."""
    monkeypatch.syspath_prepend(str(ROOT / "infra" / "teams"))
    import checks

    return checks


def svg(size, inside):
    import resvg_py

    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{inside}</svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=source, width=size, height=size))


def test_icons_that_teams_would_spoil_are_refused(checks, files):
    """Each planted fault is found, and the real icons have none."""
    checks.check_color(files["color.png"], 192)
    checks.check_outline(files["outline.png"], 32)
    line = '<path d="M2 2h9v9" stroke="{}" stroke-width="3" fill="none"/>'
    for check, png, size in (
        (checks.check_color, svg(192, '<circle cx="96" cy="96" r="90"/>'), 192),
        (checks.check_color, svg(96, '<rect width="96" height="96"/>'), 192),
        (checks.check_outline, svg(32, line.format("#fed")), 32),
        (checks.check_outline, svg(32, '<rect width="32" height="32" fill="#fff"/>'), 32),
        (checks.check_outline, svg(32, ""), 32),
        (checks.check_outline, b"GIF89a", 32),
    ):
        with pytest.raises(checks.Wrong):
            check(png, size)


def test_menus_that_are_not_whole_are_refused(checks, files):
    def both():
        return json.loads(files["manifest.json"]), json.loads(files["en.json"])

    checks.check_limits(*both())
    title = "bots[0].commandLists[0].commands[0].title"
    for spoil in (
        lambda manifest, english: english.pop(title),
        lambda manifest, english: english.update({title: ""}),
        lambda manifest, english: english.update({title: "x" * 33}),
        lambda manifest, english: english.update({title.replace("title", "description"): "x" * 129}),
        lambda manifest, english: manifest["bots"][0]["commandLists"][0]["commands"].pop(),
        lambda manifest, english: manifest.update(id="${{MicrosoftAppId}}"),
    ):
        manifest, english = both()
        spoil(manifest, english)
        with pytest.raises(checks.Wrong):
            checks.check_limits(manifest, english)

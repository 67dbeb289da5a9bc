"""What `make teams-app` makes: the app package that an administrator uploads in the Teams admin centre.

usage: python infra/teams/pack.py [FOLDER]     FOLDER receives samen-<version>.zip; var/teams-app when not given
From the environment, in any case: MicrosoftAppId (the bot's app id), SAMEN_DOMAIN (where the organisation's pages about
Samen are); if wanted MicrosoftAppTenantId (only checked and said), DeveloperName (Samen) and DeveloperWebsite
(https://SAMEN_DOMAIN).
Leaves with 0 when the package is there, with 2 when a setting is missing or wrong (said in one sentence that names it).
"""

import json
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import resvg_py
from checks import Wrong, check_color, check_limits, check_outline

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "infra" / "teams"
SCHEMAS = ROOT.parent / "shared" / "reference"
# The same bytes whenever it is made: a package that has not changed has the same checksum.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
LONGEST_DEVELOPER = 32
ICONS = {"color": 192, "outline": 32}


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "teams-app"
    try:
        values = settings(os.environ)
        files = package(values)
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"samen-{values['Version']}.zip"
    made.write_bytes(zipped(files))
    print(
        f"Made {shown(made)}. Upload it in the Teams admin centre{whose(os.environ)}: Teams apps, Manage apps, Upload."
    )
    if not (SCHEMAS / "teams-manifest.schema.json").exists():
        print("Microsoft's schemas are not beside this checkout, so only our own checks were made.")
    return 0


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """What is filled in; raises Wrong for a value that is missing or cannot be right."""
    app_id = needed(environment, "MicrosoftAppId", GUID, "a GUID, like 8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b")
    domain = needed(environment, "SAMEN_DOMAIN", DOMAIN, "a domain name without https://, like samen.voorbeeldrecht.nl")
    if given(environment, "MicrosoftAppTenantId"):
        needed(environment, "MicrosoftAppTenantId", GUID, "a GUID")
    developer = given(environment, "DeveloperName") or "Samen"
    if len(developer) > LONGEST_DEVELOPER or not developer.isprintable():
        raise Wrong(f"DeveloperName must be at most {LONGEST_DEVELOPER} visible characters, not {developer!r}.")
    website = (given(environment, "DeveloperWebsite") or f"https://{domain}").rstrip("/")
    if not is_page(website):
        raise Wrong(f"DeveloperWebsite must be an address like https://www.voorbeeldrecht.nl/samen, not {website!r}.")
    return {
        "MicrosoftAppId": app_id,
        "SAMEN_DOMAIN": domain,
        "DeveloperName": developer,
        "DeveloperWebsite": website,
        "Version": tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"],
    }


def is_page(address: str) -> bool:
    """Whether it is an https address of a public page, with nothing behind it."""
    host, slash, path = address.removeprefix("https://").partition("/")
    return address.startswith("https://") and bool(DOMAIN.fullmatch(host.lower()) and PATH.fullmatch(slash + path))


def given(environment: Mapping[str, str], name: str) -> str:
    """A variable's value whatever the case of its name; empty when it is not set."""
    found = {key.lower(): value for key, value in environment.items()}
    return found.get(name.lower(), "").strip()


def needed(environment: Mapping[str, str], name: str, pattern: re.Pattern[str], kind: str) -> str:
    value = given(environment, name).lower()
    if not value:
        raise Wrong(f"{name} is not set: it must be {kind}.")
    if not pattern.fullmatch(value):
        raise Wrong(f"{name} must be {kind}, not {value!r}.")
    return value


def package(values: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the package by name, checked; raises Wrong when Teams would refuse them."""
    manifest = filled_in((HERE / "manifest.json").read_text("utf-8"), values)
    english = filled_in((HERE / "en.json").read_text("utf-8"), values)
    check_limits(manifest, english)
    check_schema("teams-manifest.schema.json", manifest)
    check_schema("teams-localization.schema.json", english)
    icons = {name: drawn(name, size) for name, size in ICONS.items()}
    check_color(icons["color"], ICONS["color"])
    check_outline(icons["outline"], ICONS["outline"])
    return {
        "manifest.json": as_bytes(manifest),
        "en.json": as_bytes(english),
        **{f"{name}.png": icon for name, icon in icons.items()},
    }


def filled_in(text: str, values: Mapping[str, str]) -> dict[str, Any]:
    """The file with its ${{names}} filled in; raises Wrong for a name that nobody gives."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise Wrong(f"The manifest asks for {found[1]}, which is no setting.")
        # Inside quotes already.
        return json.dumps(values[found[1]], ensure_ascii=False)[1:-1]

    read: dict[str, Any] = json.loads(re.sub(r"\$\{\{(\w+)\}\}", value, text))
    return read


def check_schema(name: str, instance: dict[str, Any]) -> None:
    """Against Microsoft's own schema, where it is beside this checkout."""
    path = SCHEMAS / name
    if not path.exists():
        return
    schema = json.loads(path.read_text("utf-8"))
    for error in jsonschema.Draft4Validator(schema).iter_errors(instance):
        raise Wrong(f"Teams would refuse {'.'.join(map(str, error.path)) or 'the file'}: {error.message}.")


def drawn(name: str, size: int) -> bytes:
    """An icon as PNG, from its SVG source."""
    source = (HERE / f"{name}.svg").read_text("utf-8")
    return bytes(resvg_py.svg_to_bytes(svg_string=source, width=size, height=size, skip_system_fonts=True))


def as_bytes(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The package: the same files give the same bytes."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # said, because Python says where it runs
            # Stored, not packed: how well it packs differs between versions of zlib.
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return whole.getvalue()


def whose(environment: Mapping[str, str]) -> str:
    tenant = given(environment, "MicrosoftAppTenantId")
    return f" of tenant {tenant}" if tenant else ""


def shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


if __name__ == "__main__":
    sys.exit(main())

"""Settings: the only reader of the environment. A wrong or missing one stops the start with one sentence."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError

# The same as in pyproject.toml, which the app package takes its version from: a test compares them.
VERSION = "0.1.0"
SANDBOX_CONNECTION = "samen"
SANDBOX_DATABASE = "sqlite+aiosqlite:///var/samen.sqlite"
LANGUAGES = ("nl", "en")
_GUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
# Any of these without MicrosoftAppId means that production was meant and a name was mistyped.
PRODUCTION_ONLY = (
    "MicrosoftAppPassword",
    "MicrosoftAppCertificate",
    "MicrosoftAppType",
    "MicrosoftAppTenantId",
    "ToBotFromChannelOpenIdMetadataUrl",
    "ToBotFromEmulatorOpenIdMetadataUrl",
    "ToBotFromChannelTokenIssuer",
    "ToChannelFromBotLoginUrl",
    "ToChannelFromBotOAuthScope",
    "CallerId",
    "ValidateAuthority",
)


def _words(value: Any) -> Any:
    """A comma- or space-separated text as a tuple."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class Settings(BaseSettings):
    """Everything that can be set, by the names the environment uses (in any case)."""

    model_config = SettingsConfigDict(case_sensitive=False, extra="ignore", frozen=True)

    app_id: str | None = Field(None, validation_alias="MicrosoftAppId")
    app_password: str | None = Field(None, validation_alias="MicrosoftAppPassword", repr=False)
    app_certificate: Path | None = Field(None, validation_alias="MicrosoftAppCertificate")
    given_app_type: Literal["SingleTenant", "UserAssignedMSI", "MultiTenant"] | None = Field(
        None, validation_alias="MicrosoftAppType"
    )
    app_tenant_id: str | None = Field(None, validation_alias="MicrosoftAppTenantId")
    openid_metadata_url: str | None = Field(None, validation_alias="ToBotFromChannelOpenIdMetadataUrl")
    token_issuer: str | None = Field(None, validation_alias="ToBotFromChannelTokenIssuer")
    # Botbuilder's name, checked and used for nothing: no emulator's token is good here.
    emulator_metadata_url: str | None = Field(None, validation_alias="ToBotFromEmulatorOpenIdMetadataUrl")
    login_url: str | None = Field(None, validation_alias="ToChannelFromBotLoginUrl")
    oauth_scope: str | None = Field(None, validation_alias="ToChannelFromBotOAuthScope")
    caller_id: str | None = Field(None, validation_alias="CallerId")
    validate_authority: bool = Field(default=True, validation_alias="ValidateAuthority")
    allowed_tenants: Words = Field((), validation_alias="AllowedTenants")
    allowed_service_urls: Words = Field((), validation_alias="AllowedServiceUrls")
    allowed_channels: Words = Field((), validation_alias="AllowedChannels")

    connection_name: str | None = Field(None, validation_alias="ConnectionName")
    oauth_url: str | None = Field(None, validation_alias="OAuthUrl")
    graph_base_url: str | None = Field(None, validation_alias="GraphBaseUrl")

    port: int = Field(3978, validation_alias="PORT", ge=1, le=65535)
    host: str = Field("", validation_alias="SAMEN_HOST")
    database_url: str = Field(SANDBOX_DATABASE, validation_alias="DATABASE_URL", repr=False)
    admins: Words = Field((), validation_alias="SAMEN_ADMINS")
    officers: Words = Field((), validation_alias="SAMEN_OFFICERS")
    default_locale: str = Field("nl-NL", validation_alias="SAMEN_DEFAULT_LOCALE")
    time_zone: str = Field("Europe/Amsterdam", validation_alias="SAMEN_TIME_ZONE")
    country: Literal["NL", "BE"] = Field("NL", validation_alias="SAMEN_COUNTRY")
    playground_port: int = Field(3979, validation_alias="PLAYGROUND_PORT", ge=1, le=65535)
    demo: bool = Field(default=True, validation_alias="SAMEN_DEMO")
    role: Literal["web", "jobs", "all"] = Field("all", validation_alias="SAMEN_ROLE")
    rate: int = Field(25, validation_alias="SAMEN_RATE", ge=1, le=250)
    log: Literal["text", "json"] = Field("text", validation_alias="SAMEN_LOG")
    metrics_port: int | None = Field(None, validation_alias="SAMEN_METRICS_PORT", ge=1, le=65535)
    # OpenTelemetry's own name; its exporter reads its other OTEL_EXPORTER_OTLP_... names by itself.
    traces_to: str | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT", repr=False)

    @property
    def sandbox(self) -> bool:
        """Whether this is the sandbox: no MicrosoftAppId, loopback only."""
        return self.app_id is None

    @property
    def app_type(self) -> str:
        """The bot's registration; one tenant unless said otherwise or only allowed tenants are named."""
        if self.given_app_type:
            return self.given_app_type
        return "SingleTenant" if self.app_tenant_id or not self.allowed_tenants else "MultiTenant"

    @property
    def tenants(self) -> frozenset[str]:
        """The tenants that may use the bot; none = the sandbox takes any."""
        own = (self.app_tenant_id,) if self.app_tenant_id else ()
        return frozenset(tenant.lower() for tenant in self.allowed_tenants or own)

    @property
    def language(self) -> str:
        """The tenant's default language."""
        return self.default_locale.partition("-")[0].lower()

    @property
    def connection(self) -> str | None:
        """The OAuth connection by which people sign in with Microsoft; None: Samen does without Microsoft Graph."""
        if self.sandbox:
            return (self.connection_name or SANDBOX_CONNECTION) if self.graph_base_url else None
        return self.connection_name

    @property
    def token_service_url(self) -> str | None:
        """Where people's tokens are; in the sandbox that is the twin as well. None: the Bot Framework's own."""
        if self.oauth_url or not (self.sandbox and self.graph_base_url):
            return self.oauth_url
        return urlsplit(self.graph_base_url)._replace(path="").geturl()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings)

    @field_validator("app_id", "app_tenant_id")
    @classmethod
    def _one_id(cls, given: str | None) -> str | None:
        """The value itself is not repeated: somebody may have pasted a secret."""
        if given and given.strip() and not re.fullmatch(_GUID, given):
            raise ValueError("not an id like 8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b; copy it from the Azure portal")
        return given

    @field_validator("allowed_tenants")
    @classmethod
    def _tenant_ids(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(_GUID, one) for one in given):
            raise ValueError("it takes tenant ids like 8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b, separated by commas")
        return given

    @field_validator("admins", "officers")
    @classmethod
    def _user_ids(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(f"({_GUID}/)?{_GUID}", one) for one in given):
            raise ValueError(
                "it takes users' Entra object ids like 8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b, or tenant id/object id, "
                "separated by commas"
            )
        return given

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("not a known time zone; write one like Europe/Amsterdam") from None
        return zone

    @field_validator("default_locale")
    @classmethod
    def _known_locale(cls, locale: str) -> str:
        if locale.partition("-")[0].lower() not in LANGUAGES:
            raise ValueError("not a language Samen speaks; write nl-NL, nl-BE or en-GB")
        return locale

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("it must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return url

    @field_validator("oauth_url", "graph_base_url", "emulator_metadata_url")
    @classmethod
    def _safe_address(cls, url: str | None) -> str | None:
        if url is not None and not _is_safe(url):
            raise ValueError("it must be an https address (http only on loopback), with nothing after its path")
        return url

    @field_validator("graph_base_url")
    @classmethod
    def _names_its_version(cls, url: str | None) -> str | None:
        if url is not None and not url.rstrip("/").endswith("/v1.0"):
            raise ValueError("it must end in /v1.0, like https://graph.microsoft.com/v1.0")
        return url

    @field_validator("connection_name")
    @classmethod
    def _is_named(cls, name: str | None) -> str | None:
        if name is not None and not name.strip():
            raise ValueError(
                "set but empty; give the name of the bot's OAuth connection, or unset it to do without Microsoft Graph"
            )
        return name

    @field_validator("traces_to")
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("it must start with http:// or https://")
        return url or None

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        if self.sandbox:
            self._sandbox_is_closed()
        else:
            self._production_is_complete()
        self._work_has_somebody_to_do_it()
        self._ports_differ()
        return self

    def _work_has_somebody_to_do_it(self) -> None:
        if self.role != "all" and self.database_url.startswith("sqlite"):
            raise ValueError(
                f"SAMEN_ROLE={self.role} needs PostgreSQL in DATABASE_URL: a SQLite file has one process, which does all"
            )

    def _ports_differ(self) -> None:
        others = {"PORT": self.port} | ({"PLAYGROUND_PORT": self.playground_port} if self.sandbox else {})
        for name, port in others.items():
            if self.metrics_port == port:
                raise ValueError(f"SAMEN_METRICS_PORT is {port}, which is {name} too; give it a port of its own")

    def _sandbox_is_closed(self) -> None:
        if self.host and not is_loopback(self.host):
            raise ValueError(
                "SAMEN_HOST must be a loopback address while MicrosoftAppId is not set: the sandbox checks no tokens"
            )

        for name, url in (("GraphBaseUrl", self.graph_base_url), ("OAuthUrl", self.oauth_url)):
            if url and not is_loopback(urlsplit(url).hostname or ""):
                raise ValueError(
                    f"{name} must be a loopback address while MicrosoftAppId is not set: the sandbox knows made-up people only"
                )
        for name, given in (("ConnectionName", self.connection_name), ("OAuthUrl", self.oauth_url)):
            if given and not self.graph_base_url:
                raise ValueError(f"GraphBaseUrl is missing; in the sandbox {name} needs it, where the twin is")

    def _production_is_complete(self) -> None:
        if not (self.app_id or "").strip():
            raise ValueError(
                "MicrosoftAppId is set but empty; give the bot's app id, or unset it to run the sandbox on loopback"
            )
        if self.app_type != "MultiTenant" and not self.app_tenant_id:
            raise ValueError(f"MicrosoftAppTenantId is missing; {self.app_type} needs it")
        if self.app_type == "MultiTenant" and not self.allowed_tenants:
            raise ValueError("AllowedTenants is missing; MultiTenant needs the tenants that may use this bot")
        if self.app_type != "UserAssignedMSI" and not (self.app_password or self.app_certificate):
            raise ValueError(
                "MicrosoftAppPassword is missing; give it, or MicrosoftAppCertificate, or use UserAssignedMSI"
            )
        if self.app_certificate and not self.app_certificate.is_file():
            raise ValueError("MicrosoftAppCertificate is not a file that can be read")


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_safe(url: str) -> bool:
    """Whether a person's token may go there: https, or http that does not leave this machine."""
    try:
        found = urlsplit(url)
        plain = not (found.username or found.password or found.query or found.fragment) and found.port != 0
    except ValueError:
        return False
    host = found.hostname or ""
    return plain and bool(host) and (found.scheme == "https" or (found.scheme == "http" and is_loopback(host)))


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError with one sentence that names the setting and says what to do."""
    names = {name.upper() for name in os.environ}
    if "MICROSOFTAPPID" not in names:
        for name in PRODUCTION_ONLY:
            if name.upper() in names:
                raise SettingsError(f"{name} is set and MicrosoftAppId is not; set both for production, or neither.")
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    name = ".".join(str(part) for part in first["loc"][:1])
    return f"{name} is wrong: {message}." if name else f"{message}."

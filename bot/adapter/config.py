"""What the door needs to know, as plain values: `app.py` fills it from the settings."""

from dataclasses import dataclass, field
from os import PathLike

from bot.adapter.service_urls import is_allowed, is_safe, parse_address
from bot.errors import SettingsError

# Public cloud: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
SCOPE = "https://api.botframework.com"
SERVICE_URLS = ("https://smba.trafficmanager.net",)
AUTHORITIES = (
    "https://login.microsoftonline.com",
    "https://login.microsoftonline.us",
    "https://login.partner.microsoftonline.cn",
)
MULTI_TENANT = "botframework.com"
CHANNELS = frozenset({"msteams"})
SANDBOX_CHANNELS = CHANNELS | {"emulator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorConfig:
    """How the door is hung. None means the public cloud's own value; no `app_id` means the sandbox.

    `certificate` is the path of a PEM file with the private key and the certificate. `validate_authority` admits
    only Microsoft's own login hosts. An entry of `allowed_service_urls` admits all paths under it; no
    `allowed_tenants` admits nobody, except in the sandbox, which then admits every tenant. `upload_addresses` replaces
    OneDrive as where files may be brought: addresses of this machine, for tests. Raises SettingsError when the bot's
    secret would travel in the open.
    """

    app_id: str | None = None
    tenant_id: str | None = None
    app_type: str = "SingleTenant"
    password: str | None = field(default=None, repr=False)
    certificate: str | PathLike[str] | None = None
    openid_metadata_url: str | None = None
    token_issuer: str | None = None
    login_url: str | None = None
    oauth_scope: str | None = None
    caller_id: str | None = None
    validate_authority: bool = True
    allowed_tenants: frozenset[str] = frozenset()
    allowed_service_urls: tuple[str, ...] = ()
    allowed_channels: frozenset[str] = frozenset()
    upload_addresses: tuple[str, ...] = ()
    _tenants: frozenset[str] = field(init=False, repr=False)  # those admitted, in lower case

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tenants", frozenset(tenant.lower() for tenant in self.allowed_tenants))
        for name, url in (
            ("ToChannelFromBotLoginUrl", self.login),
            ("ToBotFromChannelOpenIdMetadataUrl", self.metadata),
        ):
            if not is_safe(url):
                raise SettingsError(f"{name} must be an https address (http only on loopback).")
        if self.validate_authority and not is_allowed(self.login, AUTHORITIES, loopback=True):
            raise SettingsError(
                "ToChannelFromBotLoginUrl is not a Microsoft login address; ValidateAuthority forbids it."
            )
        for url in self.allowed_service_urls:
            if not is_safe(url) or parse_address(url) is None:
                raise SettingsError("AllowedServiceUrls must hold https addresses (http only on loopback).")
        if not all(is_allowed(url, (), loopback=True) for url in self.upload_addresses):
            raise SettingsError("Files are brought to OneDrive only, or to an address on loopback.")

    @property
    def sandbox(self) -> bool:
        """Whether no token is asked for."""
        return self.app_id is None

    @property
    def login(self) -> str:
        """The login service's address for this bot, without a slash at its end."""
        tenant = MULTI_TENANT if self.app_type == "MultiTenant" else self.tenant_id or MULTI_TENANT
        return (self.login_url or f"https://login.microsoftonline.com/{tenant}").rstrip("/")

    @property
    def metadata(self) -> str:
        """Where the Bot Framework tells where its keys are."""
        return self.openid_metadata_url or METADATA_URL

    @property
    def issuer(self) -> str:
        """Who signs the tokens of requests."""
        return self.token_issuer or ISSUER

    @property
    def scope(self) -> str:
        """What the bot's own token is for, as the login service wants it written."""
        return f"{(self.oauth_scope or SCOPE).removesuffix('/.default')}/.default"

    def admits_tenant(self, tenant: str) -> bool:
        """Whether people of this tenant's conversations may use the bot."""
        return tenant.lower() in self._tenants if self._tenants else self.sandbox

    def admits_channel(self, channel: str) -> bool:
        """Whether the bot lives in this channel ("msteams", and what the sandbox's clients call themselves)."""
        return channel in (self.allowed_channels or (SANDBOX_CHANNELS if self.sandbox else CHANNELS))

    def admits_service(self, url: str) -> bool:
        """Whether the bot may speak to this service URL."""
        usual = () if self.sandbox else SERVICE_URLS
        return is_allowed(url, self.allowed_service_urls or usual, loopback=self.sandbox)

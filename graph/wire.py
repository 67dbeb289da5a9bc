"""Samen's requests as msgraph-sdk words them, for one person. Imported late, see graph.client."""
# The SDK's types are not looked at, see pyproject.toml.
# mypy: disable-error-code="no-any-return"

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.request_information import RequestInformation
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.event import Event
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.presence_status_message import PresenceStatusMessage
from msgraph.generated.models.sensitivity import Sensitivity
from msgraph.generated.models.single_value_legacy_extended_property import SingleValueLegacyExtendedProperty
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import CalendarViewRequestBuilder
from msgraph.generated.users.item.events.events_request_builder import EventsRequestBuilder
from msgraph.generated.users.item.events.item.event_item_request_builder import EventItemRequestBuilder
from msgraph.generated.users.item.mailbox_settings.mailbox_settings_request_builder import (
    MailboxSettingsRequestBuilder,
)
from msgraph.generated.users.item.presence.set_status_message.set_status_message_post_request_body import (
    SetStatusMessagePostRequestBody,
)
from msgraph.generated.users.item.presence.set_user_preferred_presence import (
    set_user_preferred_presence_post_request_body as preferred_presence,
)
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.graph_service_client import GraphServiceClient

from graph.marks import MARK, SUBJECT, TIMES, sealed, times
from graph.types import Draft

_OURS = " or ".join(f"id eq '{name}'" for name in (MARK, SUBJECT, TIMES))
WITH_MARK = f"singleValueExtendedProperties($filter={_OURS})"
# Of an event what a rule of focus time goes by, and never its text.
READ = [
    "id", "subject", "start", "end", "showAs", "sensitivity", "isReminderOn", "categories", "attendees", "isAllDay",
    "isCancelled", "transactionId", "lastModifiedDateTime",
]  # fmt: skip
PAGE = 100


class Wire:
    """Requests about one person, by user id: `/users/{id}`, for the contract knows no `/me`."""

    def __init__(self, sdk: GraphServiceClient, user_id: str) -> None:
        self._user = sdk.users.by_user_id(user_id)

    def me(self) -> RequestInformation:
        query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(select=["id"])
        return self._user.to_get_request_information(_asking(query))

    def presence(self) -> RequestInformation:
        return self._user.presence.to_get_request_information()

    def prefer(self, availability: str, activity: str, lasts: timedelta) -> RequestInformation:
        body = preferred_presence.SetUserPreferredPresencePostRequestBody(
            availability=availability, activity=activity, expiration_duration=duration(lasts)
        )
        return self._user.presence.set_user_preferred_presence.to_post_request_information(body)

    def clear_preferred(self) -> RequestInformation:
        return self._user.presence.clear_user_preferred_presence.to_post_request_information()

    def say(self, text: str, until: datetime | None) -> RequestInformation:
        said = PresenceStatusMessage(
            message=ItemBody(content=text, content_type=BodyType.Text),
            expiry_date_time=_utc(until) if until else None,
        )
        body = SetStatusMessagePostRequestBody(status_message=said)
        return self._user.presence.set_status_message.to_post_request_information(body)

    def view(self, start: datetime, end: datetime) -> RequestInformation:
        query = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters(
            start_date_time=_instant(start),
            end_date_time=_instant(end),
            select=READ,
            expand=[WITH_MARK],
            orderby=["start/dateTime"],
            top=PAGE,
        )
        return self._user.calendar_view.to_get_request_information(_asking(query))

    def page(self, link: str) -> RequestInformation:
        return self._user.calendar_view.with_url(link).to_get_request_information(_asking())

    def marked(self, mark: str) -> RequestInformation:
        quoted = mark.replace("'", "''")
        wanted = f"ep/id eq '{MARK}' and ep/value eq '{quoted}'"
        query = EventsRequestBuilder.EventsRequestBuilderGetQueryParameters(
            filter=f"singleValueExtendedProperties/Any(ep: {wanted})", select=READ, expand=[WITH_MARK]
        )
        return self._user.events.to_get_request_information(_asking(query))

    def event(self, event_id: str) -> RequestInformation:
        query = EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters(select=READ, expand=[WITH_MARK])
        return self._user.events.by_event_id(event_id).to_get_request_information(_asking(query))

    def create(self, draft: Draft, transaction_id: str, mark: str) -> RequestInformation:
        body = Event(
            subject=draft.subject,
            start=_utc(draft.start),
            end=_utc(draft.end),
            show_as=FreeBusyStatus(draft.show_as),
            sensitivity=Sensitivity.Private,
            is_reminder_on=False,
            categories=[draft.category],
            transaction_id=transaction_id,
            single_value_extended_properties=_properties(
                {MARK: mark, SUBJECT: sealed(draft.subject), TIMES: times(draft.start, draft.end)}
            ),
        )
        return self._user.events.to_post_request_information(body, _asking())

    def move_end(self, event_id: str, start: datetime, end: datetime) -> RequestInformation:
        item = self._user.events.by_event_id(event_id)
        body = Event(end=_utc(end), single_value_extended_properties=_properties({TIMES: times(start, end)}))
        return item.to_patch_request_information(body, _asking())

    def delete(self, event_id: str) -> RequestInformation:
        return self._user.events.by_event_id(event_id).to_delete_request_information()

    def mailbox(self) -> RequestInformation:
        query = MailboxSettingsRequestBuilder.MailboxSettingsRequestBuilderGetQueryParameters(
            select=["timeZone", "workingHours"]
        )
        return self._user.mailbox_settings.to_get_request_information(_asking(query))


def _properties(values: Mapping[str, str]) -> list[SingleValueLegacyExtendedProperty]:
    return [SingleValueLegacyExtendedProperty(id=name, value=value) for name, value in values.items()]


def rehearse(sdk: GraphServiceClient) -> None:
    """Word every request once, unsent: the SDK imports much of itself only then."""
    wire, now = Wire(sdk, "nobody"), datetime.now(UTC)
    draft = Draft("", now, now, "")
    wire.me(), wire.presence(), wire.prefer("Busy", "Busy", timedelta(hours=1)), wire.clear_preferred()
    wire.say("", now), wire.view(now, now), wire.page("https://nowhere.example"), wire.marked("")
    wire.event("none"), wire.create(draft, "", ""), wire.move_end("none", now, now), wire.delete("none"), wire.mailbox()


def duration(lasts: timedelta) -> Any:
    """ISO 8601, in whole minutes and seconds. As text: msgraph-sdk 1.65 writes a timedelta as "1:00:00"."""
    minutes, seconds = divmod(int(lasts.total_seconds()), 60)
    return f"PT{minutes}M{seconds}S" if seconds else f"PT{minutes}M"


def _asking(query: Any = None) -> RequestConfiguration[Any]:
    """A query, with times wanted in UTC: without it Outlook answers in the mailbox's own zone."""
    configuration: RequestConfiguration[Any] = RequestConfiguration(query_parameters=query)
    configuration.headers.add("Prefer", 'outlook.timezone="UTC"')
    return configuration


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _utc(moment: datetime) -> DateTimeTimeZone:
    return DateTimeTimeZone(date_time=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"), time_zone="UTC")

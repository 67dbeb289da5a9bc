"""The settings of a person's mailbox that Graph shows."""

from dataclasses import dataclass
from typing import Any

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Mailbox:
    """Working hours as in Outlook. The zone has Windows' name, as in most mailboxes; IANA names occur too."""

    zone: str = "W. Europe Standard Time"
    language: str = "nl-NL"
    days: tuple[str, ...] = WEEK[:5]
    start: str = "08:30:00"
    end: str = "17:00:00"


def mailbox_json(mailbox: Mailbox) -> dict[str, Any]:
    """As `GET /users/{id}/mailboxSettings` answers."""
    return {
        "automaticRepliesSetting": {"status": "disabled", "externalAudience": "all"},
        "timeZone": mailbox.zone,
        "language": {"locale": mailbox.language, "displayName": mailbox.language},
        "dateFormat": "d-M-yyyy",
        "timeFormat": "HH:mm",
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "userPurpose": "user",
        "workingHours": {
            "daysOfWeek": list(mailbox.days),
            "startTime": f"{mailbox.start}.0000000",
            "endTime": f"{mailbox.end}.0000000",
            "timeZone": {"name": mailbox.zone},
        },
    }

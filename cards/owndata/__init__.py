"""The cards of one's own data: what is kept, all of it, being quiet, and being forgotten."""

from cards.owndata.views import (
    DataRow,
    DataSection,
    FileOfferView,
    FileView,
    FocusLeft,
    ForgetView,
    JsonPartView,
    KeptLine,
    MyDataView,
    PauseView,
    PrivacyView,
    StopView,
)

__all__ = [
    "DataRow",
    "DataSection",
    "FileOfferView",
    "FileView",
    "FocusLeft",
    "ForgetView",
    "JsonPartView",
    "KeptLine",
    "MyDataView",
    "PauseView",
    "PrivacyView",
    "StopView",
]

"""The tenants' own defaults: what holds where a person or team chose nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defaults:
    language: str
    country: str
    zone: str
    languages: frozenset[str]
    admins: frozenset[str] = frozenset()  # user ids, or tenant/user where several tenants share
    officers: frozenset[str] = frozenset()
    all_on: bool = False  # the sandbox: every capability is on unless it is switched off

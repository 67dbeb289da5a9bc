"""Finding a colleague among the people of one's teams."""

from collections.abc import Sequence

from bot.domain.people import Member, Roster
from bot.domain.reach.intents import FindColleague
from bot.domain.words import token_texts


def matching(intent: FindColleague, rosters: Sequence[Roster], asker: str) -> tuple[Member, ...]:
    """The people meant, by name; guests are never found. A whole name beats a part of others."""
    people = {
        member.user_id: member
        for roster in rosters
        for member in roster.members
        if member.user_id and not member.guest and _is_meant(member, intent)
    }
    exact = [member for member in people.values() if intent.words and _words(member.name) == intent.words]
    found = exact or list(people.values())
    others = [member for member in found if member.user_id != asker]
    return tuple(sorted(others or found, key=lambda member: (member.name.casefold(), member.user_id or "")))


def _is_meant(member: Member, intent: FindColleague) -> bool:
    if intent.channel_user_id is not None:
        return member.channel_user_id == intent.channel_user_id
    if intent.user_id is not None:
        return member.user_id == intent.user_id
    return bool(intent.words) and set(intent.words) <= set(_words(member.name))


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in token_texts(name) if word.isalpha())

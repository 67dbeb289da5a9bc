"""What people do before they ask for their day, and what is kept of them then."""

from tests.canaries import everything
from tests.conversations.town import ANOUK, CHANNEL

CALM = "Er wacht niets op je"


async def plans(town, who, *sentences, share=True):
    """Somebody plans, and shares it with the team or not."""
    for sentence in sentences:
        await town.says(f"/waar {sentence}", who)
    if share:
        await town.says("/waar delen aan", who, CHANNEL)


def days_of(town, who=ANOUK):
    """The cards of a day that somebody was sent since the last word or tick."""
    return [said for said in town.heard(who) if said.text.startswith(("Vandaag\n", "Today\n"))]


async def about(town, who):
    """Every row about somebody, but for the member lists and the cards that are in their chat."""
    rows = await everything(town.store)
    skipped = {"roster_member", "sent_card"}
    return {
        name for name, found in rows.items() if name not in skipped and any(who.user_id in str(row) for row in found)
    }

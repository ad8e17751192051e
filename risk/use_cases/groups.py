"""Groups that belong to no office: noted when the bot comes in, forgotten when it is out or the group is bound."""

from datetime import datetime

from risk.people import Address
from risk.ports import Directory, Groups


async def enter_group(group: Address, *, groups: Groups, directory: Directory, now: datetime) -> bool:
    """The bot was put into a group. Whether that is news there: then it says once what is to be done.

    Nobody acts: who did it may be on no list, and nothing of them is known here.
    """
    if await directory.office_of_chat(group) is not None:
        return False
    return await groups.note(group, now)


async def leave_group(group: Address, *, groups: Groups) -> None:
    """The bot was put out, or has gone."""
    await groups.forget(group)

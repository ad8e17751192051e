"""What is said in private to somebody who works in several offices begins with the title of the one that says it."""

from collections.abc import Sequence

from handlers.places import is_private
from handlers.views.message import Outgoing, headed
from risk.ids import OfficeId
from risk.offices import Office
from risk.people import Place
from risk.ports import Directory


async def desks_at(place: Place, directory: Directory) -> Sequence[Office]:
    """The offices that the reader has to tell apart; none in a group and for whoever works in one."""
    if not is_private(place) or len(await directory.offices_of(place.address)) < 2:
        return ()
    return await directory.desks_of(place.address)


def headed_among(desks: Sequence[Office], office: OfficeId, said: Outgoing) -> Outgoing:
    title = next((desk.plan.title for desk in desks if desk.id == office), None)
    return said if title is None else headed(said, title)

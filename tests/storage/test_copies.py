"""A standing message that is wanted anew: one copy stands, and each earlier one takes its leave."""

from storage.delivery import Deliveries
from tests.storage.book import due, only, stand, stood
from tests.support.offices import StaffedOffice


async def test_an_earlier_copy_is_due_until_it_is_retired(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await deliveries.shown(await stood(deliveries), 70)
    await stand(office, 7)
    posted_anew = await stood(deliveries)
    assert (posted_anew.message, posted_anew.retired) == (None, (70,))
    await deliveries.shown(posted_anew, 71)
    assert (await only(deliveries)).id == 1
    await deliveries.retired(1, 70)
    assert await due(deliveries) == []
    assert ((await stood(deliveries)).message, (await stood(deliveries)).retired) == (71, ())


async def test_every_earlier_copy_takes_its_leave(office: StaffedOffice, deliveries: Deliveries) -> None:
    for message in (70, 71, 72):
        await stand(office, 7)
        await deliveries.shown(await stood(deliveries), message)
    assert (await stood(deliveries)).retired == (70, 71)
    for left in (70, 71):
        assert (await only(deliveries)).id == 1
        await deliveries.retired(1, left)
    assert await due(deliveries) == []


async def test_a_message_wanted_anew_while_it_was_being_posted_is_posted_once_more(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.shown(await stood(deliveries), 70)
    rendered = await stood(deliveries)
    await stand(office, 7)
    await deliveries.shown(rendered, 70)
    standing = await stood(deliveries)
    assert (standing.message, standing.retired) == (None, (70,))
    assert (await only(deliveries)).id == 1

"""The daily digest in words: it reads in half a minute on a phone and stands alone when forwarded."""

from collections.abc import Iterator

from handlers.views.message import Outgoing, outgoing
from risk.digests import Digest
from risk.figures import Figure
from risk.offices import Office


def digest_text(office: Office, digest: Digest) -> Outgoing:
    return outgoing(_lines(office, digest))


def _lines(office: Office, digest: Digest) -> Iterator[str]:
    yield office.plan.title
    yield f"Риски: открыто {digest.total[Figure.RISKS_OPEN]}"
    yield f"Обращения: новых {digest.total[Figure.NEW]}, просрочено {digest.total[Figure.OVERDUE]}"

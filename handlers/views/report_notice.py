"""Digests and papers as they are sent."""

from typing import assert_never

from handlers.views.digest import digest_astray, digest_text, lateness_by_block
from handlers.views.message import Attachment, Outgoing
from risk.notices import DigestAstray, DigestPosted, LatenessByBlock, PaperMade, ReportNotice
from risk.offices import Office
from risk.use_cases.report_telling import DigestTold, PaperTold, ReportTold


def report_notice(office: Office, said: ReportNotice, told: ReportTold) -> Outgoing:
    match said:
        case DigestPosted():
            assert isinstance(told, DigestTold)
            return digest_text(office, told.digest)
        case LatenessByBlock():
            assert isinstance(told, DigestTold)
            return lateness_by_block(office, told.digest)
        case DigestAstray(times=times):
            assert isinstance(told, DigestTold)
            assert told.sending is not None
            return digest_astray(office, told.digest, told.sending, times)
        case PaperMade():
            assert isinstance(told, PaperTold)
            return _paper(told)
        case other:
            assert_never(other)


def _paper(told: PaperTold) -> Outgoing:
    assert told.paper.file is not None
    attached = Attachment(file=told.paper.file, name=told.paper.file, is_picture=told.paper.is_picture)
    return Outgoing(text="", attachment=attached)

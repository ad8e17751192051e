"""Digests and papers as they are sent."""

from typing import assert_never

from handlers.views.digest import digest_astray, digest_text, lateness_by_block
from handlers.views.message import Attachment, Outgoing, captioned
from handlers.views.papers.captions import paper_caption
from handlers.views.papers.naming import file_name
from handlers.views.papers.progress import own_memo_failed
from risk.notices import DigestAstray, DigestPosted, LatenessByBlock, PaperFailed, PaperMade, ReportNotice
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
            return _paper(office, told)
        case PaperFailed():
            assert isinstance(told, PaperTold)
            return own_memo_failed(office, told.paper)
        case other:
            assert_never(other)


def _paper(office: Office, told: PaperTold) -> Outgoing:
    paper = told.paper
    assert paper.file is not None
    attached = Attachment(file=paper.file, name=file_name(paper, told.digest), is_picture=paper.is_picture)
    return captioned(paper_caption(office, paper), attached)

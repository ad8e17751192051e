"""Which paper is composed by whom."""

from handlers.views.papers.digest_board import digest_board
from handlers.views.papers.digest_page import digest_page
from risk.documents import Document, Picture
from risk.papers import PaperKind
from risk.use_cases.papers import PaperFacts

Composed = Document | Picture


def compose(facts: PaperFacts) -> Composed:
    match facts.paper.kind:
        case PaperKind.DIGEST_PICTURE:
            assert facts.digest is not None
            return digest_board(facts.office, facts.digest)
        case PaperKind.DIGEST_PAGE:
            assert facts.digest is not None
            return digest_page(facts.office, facts.digest)
        case other:
            raise NotImplementedError(other)

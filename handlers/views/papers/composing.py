"""Which paper is composed by whom."""

from handlers.views.papers.digest_board import digest_board
from handlers.views.papers.memo import memo
from risk.documents import Document, Picture
from risk.papers import PaperKind
from risk.use_cases.papers import PaperFacts

Composed = Document | Picture


def compose(facts: PaperFacts) -> Composed:
    match facts.paper.kind:
        case PaperKind.DIGEST_PICTURE:
            assert facts.digest is not None
            return digest_board(facts.office, facts.digest)
        case PaperKind.MEMO:
            assert facts.memo is not None
            return memo(facts.memo)
        case other:
            raise NotImplementedError(other)

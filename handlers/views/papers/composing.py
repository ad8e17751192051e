"""Which paper is composed by whom."""

from handlers.views.papers.digest_board import digest_board
from risk.documents import Document, Picture
from risk.papers import PaperKind
from risk.use_cases.papers import PaperFacts

Composed = Document | Picture


def compose(facts: PaperFacts) -> Composed:
    match facts.paper.kind:
        case PaperKind.DIGEST_PICTURE:
            assert facts.digest is not None
            return digest_board(facts.office, facts.digest)
        case other:
            raise NotImplementedError(other)

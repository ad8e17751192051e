"""Which paper is composed by whom."""

from handlers.views.papers.digest_board import digest_board
from handlers.views.papers.digest_page import digest_page
from handlers.views.papers.heat_map import heat_map
from handlers.views.papers.memo import memo
from handlers.views.papers.typography import well_set
from risk.documents import Document, Picture
from risk.papers import PaperKind
from risk.use_cases.papers import PaperFacts

Composed = Document | Picture


def compose(facts: PaperFacts) -> Composed:
    return well_set(_composed(facts))


def _composed(facts: PaperFacts) -> Composed:
    match facts.paper.kind:
        case PaperKind.DIGEST_PICTURE:
            assert facts.digest is not None
            return digest_board(facts.office, facts.digest)
        case PaperKind.HEAT_OF_TERRITORIES | PaperKind.HEAT_OF_WEEKS:
            assert facts.heat is not None
            return heat_map(facts.office, facts.heat)
        case PaperKind.MEMO:
            assert facts.memo is not None
            return memo(facts.memo)
        case PaperKind.DIGEST_PAGE:
            assert facts.digest is not None
            return digest_page(facts.office, facts.digest)
        case PaperKind.REGISTERS:
            raise AssertionError("registers are written row by row, by `bot.register_writing`")

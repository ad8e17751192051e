"""How big a picture is drawn: for a phone, or for the page of a paper."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Lengths are in points; `font` is the size of plain text."""

    width: float
    margin: float
    font: float
    dots_per_inch: int


PHONE: Final = Look(width=518.4, margin=24, font=18, dots_per_inch=150)
"""1080 dots wide: on a phone's 360 the text is as big as that of messages."""
PAGE: Final = Look(width=482, margin=6, font=10, dots_per_inch=220)
"""170 mm, what the margins of an A4 page leave."""

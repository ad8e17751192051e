"""Words as the XML of office files may hold them."""

from typing import Final

_FORBIDDEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))


def allowed_in_xml(text: str) -> str:
    """Without the characters that no XML may have."""
    return text.translate(_FORBIDDEN)

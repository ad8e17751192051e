"""Groups where the bot was put and that no office has bound: how long it stays there."""

from datetime import timedelta
from typing import Final

STAYS_UNBOUND: Final = timedelta(days=1)
"""After so much office time the bot leaves by itself: nobody needs it there, and it would read along."""

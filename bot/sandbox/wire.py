"""What JSON is called in the sandbox; no shape of any particular object lives here."""

from typing import Any

JsonObject = dict[str, Any]

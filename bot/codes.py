"""Codes that nobody can guess."""

import secrets


def new_code() -> str:
    """For an invitation: it fits into the 64 letters that a deep link may carry."""
    return secrets.token_hex(16)

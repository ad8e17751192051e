"""What a person in the sandbox tries in vain; the control side answers it with 400 and the text."""


class ImpossibleError(Exception):
    """The wish makes no sense in this world; the text says why."""

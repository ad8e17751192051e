"""Why `run` does not start, or does not go on; what the operator is told of it is in `bot.plain_errors`."""


class TokenMissing(Exception):
    """There is a production database and no token: a sandbox would hide that from its office."""


class SandboxEnded(Exception):
    """The sandbox's process did not start, or ended while the bot was running."""


class PortTaken(Exception):
    def __init__(self, port: int) -> None:
        super().__init__(str(port))
        self.port = port

"""`python -m bot` and `mcu-pilot`: hands over to the shell commands."""

from bot.cli import app


def main() -> None:
    app()


if __name__ == "__main__":
    main()

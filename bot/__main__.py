"""``python -m bot`` is ``mistok``."""

from bot.cli import main

main(prog_name="mistok")

"""`python -m bot.cli`: the same as `bursar`."""

from bot.cli.commands import main

if __name__ == "__main__":
    main()

"""Taking back the last thing that can be taken back."""

from typing import Literal

from bot.actions.base import ActionCall


class Undo(ActionCall):
    """Take back the asker's last reversible change."""

    action: Literal["undo"] = "undo"

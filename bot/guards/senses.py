"""Every sense, so that a sign says "lay aside, what came before, rules" and not each wording."""

from __future__ import annotations

from typing import Final

from bot.guards import senses_override, senses_role, senses_rules

SENSES: Final = (*senses_override.SENSES, *senses_rules.SENSES, *senses_role.SENSES)

"""What an operation found, as lines for an operator."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """`text` says what was done and found; not clean means that somebody must look."""

    text: str
    is_clean: bool = True

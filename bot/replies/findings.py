"""What the critic found, in words."""

from bot.planning import Finding, Verdict
from bot.replies.amounts import usd
from bot.replies.parts import shown
from bot.replies.reader import Reader

_WORDS = {
    "en": {
        "duplicate_in_plan": "You asked for the same thing twice; say it once.",
        "duplicate_of_open": "That is what draft #{ref} asks for already: answer that one.",
        "contradiction": "That asks for two things that undo each other. Which one do you want?",
        "unresolved_name": "I don't know what {name} means. Nothing was changed.",
        "unusual_amount": "Look twice: {amount} is far above the usual {usual} here.",
        "bulk_change": "That is many changes at once. Ask for them one at a time.",
    },
    "es": {
        "duplicate_in_plan": "Pediste lo mismo dos veces; dilo una sola vez, por favor.",
        "duplicate_of_open": "Eso ya lo pide el borrador #{ref}: responde a ese.",
        "contradiction": "Eso pide dos cosas que se anulan. ¿Cuál quieres?",
        "unresolved_name": "No sé qué significa {name}. No se ha cambiado nada.",
        "unusual_amount": "Mira bien: {amount} está muy por encima de lo habitual aquí ({usual}).",
        "bulk_change": "Son muchos cambios a la vez. Pídelos de uno en uno.",
    },
}


def findings_text(verdict: Verdict, reader: Reader) -> tuple[str, ...]:
    """Return one line for each thing that is odd about a plan."""
    return tuple(_line(finding, reader) for finding in verdict.findings)


def _line(finding: Finding, reader: Reader) -> str:
    return _WORDS[reader.language][finding.code].format(
        ref=finding.ref or "",
        name=shown(finding.name or ""),
        amount=usd(finding.amount_nanos or 0, reader.language),
        usual=usd(finding.usual_nanos or 0, reader.language),
    )

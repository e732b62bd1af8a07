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
        "second_look.duplicate": "Look twice: this may be asked for already.",
        "second_look.contradiction": "Look twice: this may not go together with what you said.",
        "second_look.unresolved": "Look twice: you may mean another one than is named here.",
        "second_look.bulk": "Look twice: this may change more than you want.",
        "second_look.not_ordered": "I'm not sure that you want this done now. Say it as an order.",
    },
    "es": {
        "duplicate_in_plan": "Pediste lo mismo dos veces; dilo una sola vez, por favor.",
        "duplicate_of_open": "Eso ya lo pide el borrador #{ref}: responde a ese.",
        "contradiction": "Eso pide dos cosas que se anulan. ¿Cuál quieres?",
        "unresolved_name": "No sé qué significa {name}. No se ha cambiado nada.",
        "unusual_amount": "Mira bien: {amount} está muy por encima de lo habitual aquí ({usual}).",
        "bulk_change": "Son muchos cambios a la vez. Pídelos de uno en uno.",
        "second_look.duplicate": "Mira bien: puede que esto ya esté pedido.",
        "second_look.contradiction": "Mira bien: puede que no encaje con lo que dijiste.",
        "second_look.unresolved": "Mira bien: quizá te refieres a otro que el que se nombra aquí.",
        "second_look.bulk": "Mira bien: puede que cambie más de lo que quieres.",
        "second_look.not_ordered": "No estoy seguro de que lo quieras ahora. Dilo como orden.",
    },
}


def findings_text(verdict: Verdict, reader: Reader) -> tuple[str, ...]:
    """Return one line for each thing that is odd about a plan."""
    return tuple(_line(finding, reader) for finding in verdict.findings)


def _line(finding: Finding, reader: Reader) -> str:
    key = finding.code if finding.doubt is None else f"{finding.code}.{finding.doubt}"
    return _WORDS[reader.language][key].format(
        ref=finding.ref or "",
        name=shown(finding.name or ""),
        amount=usd(finding.amount_nanos or 0, reader.language),
        usual=usd(finding.usual_nanos or 0, reader.language),
    )

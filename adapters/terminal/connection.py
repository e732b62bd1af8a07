"""A conversation in a real terminal: history, completion, colours, replies above the prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app_session
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from adapters.terminal.render import Line, to_lines, to_note
from adapters.terminal.session import COMMANDS, Session
from bot.messages import OutboundMessage
from bot.tasks import TaskGroup

# Names of colours, so that the terminal's own theme decides how they look.
_STYLE: Final = Style.from_dict(
    {
        "who": "bold ansicyan",
        "bursar": "bold ansigreen",
        "card": "",
        "receipt": "",
        "alert": "ansiyellow",
        "button": "bold reverse",
        "note": "ansibrightblack",
    }
)
_SHORTEST_PREFIX: Final = 2
_WIDEST: Final = 110
_MENU_LINES: Final = 4


class ColourScreen:
    """Prints above the prompt, wrapped to the terminal's width."""

    def show(self, message: OutboundMessage) -> None:
        columns = get_app_session().output.get_size().columns
        self._print(to_lines(message, width=min(columns - 1, _WIDEST)))

    def note(self, text: str) -> None:
        self._print([to_note(text)])

    def _print(self, lines: Sequence[Line]) -> None:
        # All at once: the prompt is drawn anew after each print.
        text: Line = []
        for line in lines:
            text += [("", "\n"), *line] if text else line
        print_formatted_text(FormattedText(text), style=_STYLE)


class Names(Completer):
    """Completes commands after `/` and the names of wallets and people elsewhere."""

    def __init__(
        self,
        commands: Sequence[str],
        names: Callable[[], Sequence[str]],
        handles: Callable[[], Sequence[str]],
    ) -> None:
        self._commands = sorted({*COMMANDS, *commands})
        self._names = names
        self._handles = handles

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        before = document.text_before_cursor.lstrip()
        if before.startswith("/") and " " not in before:
            yield from _matching(before, self._commands)
        elif before.startswith("/as "):
            yield from _matching(before.removeprefix("/as ").lstrip(), self._handles())
        else:
            word = before.rpartition(" ")[2]
            if len(word) >= _SHORTEST_PREFIX:
                yield from _matching(word, self._names())


def _matching(typed: str, known: Sequence[str]) -> Iterable[Completion]:
    key = typed.casefold()
    for name in known:
        if name.casefold().startswith(key) and name != typed:
            yield Completion(name, start_position=-len(typed))


def open_history(path: Path | None) -> History:
    """Return a history that is kept in a file for its owner's eyes only, or in memory."""
    if path is None:
        return InMemoryHistory()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return FileHistory(str(path))


def _keys() -> KeyBindings:
    """Let Ctrl-C clear a line that has text, and leave where it has none."""
    keys = KeyBindings()

    @keys.add("c-c")
    def _clear_or_leave(event: KeyPressEvent) -> None:
        buffer = event.app.current_buffer
        if buffer.text:
            buffer.reset()
        else:
            event.app.exit(exception=EOFError)

    return keys


async def talk(
    session: Session,
    *,
    completer: Completer | None = None,
    history: Path | None = None,
) -> None:
    """Ask for lines until `/quit`, Ctrl-D or Ctrl-C on an empty line.

    Lines are taken as they come, also while an earlier one is being answered. What was sent is
    finished before this returns.
    """
    prompt: PromptSession[str] = PromptSession(
        history=open_history(history),
        completer=completer,
        complete_while_typing=False,
        reserve_space_for_menu=_MENU_LINES,
        key_bindings=_keys(),
        style=_STYLE,
    )
    answers = TaskGroup()
    with patch_stdout(raw=True):
        while True:
            try:
                line = await prompt.prompt_async(
                    lambda: [("class:who", f"{session.speaker.handle}> ")]
                )
            except EOFError:
                break
            if not line.strip():
                continue
            if not await session.take(line):
                break
            answers.start(session.finish(), name="terminal-answer")
        await answers.join()

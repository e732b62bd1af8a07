"""Files in a terminal: written into a folder where one was named, else told of by their beginning.

Nothing is written that nobody asked for, and nothing that is there is overwritten.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from adapters.terminal.words import Language, remark
from bot.messages import FileBlock

_LINES: Final = 5
_LINE: Final = 100
# So many files of one name are enough for anybody.
_MOST_COPIES: Final = 1000


def take(block: FileBlock, folder: Path | None, language: Language) -> list[str]:
    """Keep a file, if there is a folder for it; return what is remarked about it, by line."""
    name = Path(block.name).name
    if folder is None:
        lines = [remark(language, "file", name=name, size=_size(len(block.data)))]
        if block.is_text:
            shown = block.data.decode("utf-8", "replace").splitlines()
            lines += [line[:_LINE] for line in shown[:_LINES]]
            if len(shown) > _LINES:
                more = len(shown) - _LINES
                key = "file.more.one" if more == 1 else "file.more"
                lines.append(remark(language, key, count=more))
        return lines
    try:
        path = _write(folder, name, block.data)
    except OSError as error:
        return [remark(language, "file.lost", name=name, why=error.strerror)]
    return [remark(language, "file.kept", path=path, size=_size(len(block.data)))]


def _write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    stem, dot, ending = name.rpartition(".")
    for number in range(1, _MOST_COPIES):
        other = f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}"
        path = folder / (name if number == 1 else other)
        try:
            # What was exported is for whoever asked for it.
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            continue
        path.write_bytes(data)
        return path
    raise FileExistsError(17, "File exists", name)


def _size(count: int) -> str:
    return f"{count} B" if count < 1000 else f"{count / 1000:.1f} kB"

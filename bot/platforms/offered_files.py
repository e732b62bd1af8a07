"""Files that wait until their reader takes them: for platforms that ask first.

The bytes stay where they are, in the message that told of the file; see decision 0035.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.ids import PrincipalId
from bot.messages import FileBlock

# offered -> taken -> handed_over, or back to offered where that failed; offered -> left.
FileState = Literal["offered", "taken", "handed_over", "left"]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a platform wants a file: where to put it, and how it is known there afterwards.

    Whoever has `upload_url` may write that one file: it is never logged, and is forgotten once it
    has been used.
    """

    upload_url: str
    content_url: str
    unique_id: str
    name: str
    file_type: str


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What somebody said to a file that was offered: where to put it, or that they leave it.

    `shown_in` is the platform's id of the message that offered it; `outside` is the host of a
    place that this company does not write to.
    """

    file_id: str
    shown_in: str
    destination: Destination | None = None
    outside: str = ""


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file as it is offered: block `number` of the message `outbox_id`, to one person.

    `answered_at` is when it was last taken or left; `destination` is there once it was taken.
    """

    id: str
    person_id: PrincipalId
    outbox_id: int
    number: int
    name: str
    state: FileState
    expires_at: datetime
    is_expired: bool
    answered_at: datetime | None
    url_digest: str
    destination: Destination | None


@dataclass(frozen=True, slots=True)
class Handover:
    """What is to be done about a file: `block` is None where its bytes are not kept any more."""

    file: OfferedFile
    block: FileBlock | None


class OfferedFileStore(Protocol):
    """The offered files of a tenant."""

    def offer(
        self,
        outbox_id: int,
        number: int,
        *,
        person_id: PrincipalId,
        name: str,
        expires_at: datetime,
    ) -> str:
        """Offer a file and return its id, 128 random bits; the same file has the same id."""
        ...

    def find(self, file_id: str) -> OfferedFile | None: ...

    def take(
        self, file_id: str, person_id: PrincipalId, destination: Destination, url_digest: str
    ) -> bool:
        """Take a file that is offered to this person; False if it is not, or not any more.

        Nor for an address that it was taken to before.
        """
        ...

    def leave(self, file_id: str, person_id: PrincipalId) -> bool:
        """Leave a file that is offered to this person; False if it is not, or not any more."""
        ...

    def hand_over(self, file_id: str) -> bool:
        """Note that a taken file arrived, and forget where it was put; False if it was not."""
        ...

    def put_back(self, file_id: str, expires_at: datetime) -> bool:
        """Offer a taken file again that did not arrive; False if it is not taken."""
        ...

    def erase(self, person_id: PrincipalId) -> int:
        """Forget a person's files, whatever became of them; return how many there were."""
        ...

    def drop_old(self, age: timedelta) -> int:
        """Forget the files of every tenant whose time ended so long ago; return how many."""
        ...

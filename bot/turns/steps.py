"""What a turn will do, and doing it: in one transaction, with the end of its message."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

import orjson

from bot import telling
from bot.access import Principal
from bot.actions.asking import list_lifters
from bot.audit.chain import AuditFact, content_digest
from bot.charts.model import Chart
from bot.economy.quotas import Nearly
from bot.errors.kinds import BursarError, Conflict, Refused
from bot.errors.money import InsufficientFunds
from bot.errors.plans import TooFast
from bot.errors.talk import OutOfTurn
from bot.guards.redaction import names_secret
from bot.ids import WalletId
from bot.memory import kept_turn
from bot.messages import Conversation, FileBlock, InboundMessage, TextBlock
from bot.planning import RULES, Question
from bot.ports import Actor, Tx
from bot.replies.errors import error_text
from bot.replies.short import quota_nearly_used
from bot.replies.words import say
from bot.turns.asked import Asked, dump_asked
from bot.turns.limits import TurnLimits
from bot.turns.scene import Scene
from bot.turns.uses import keep_pace, use_up


@dataclass(frozen=True, slots=True)
class Delivery:
    """An accepted message: its row in the inbox, and which try this is."""

    id: int
    message: InboundMessage
    attempts: int = 1


# What a turn does inside its transaction; it returns the texts that it adds to the reply.
Effect = Callable[[Tx, Actor, Conversation], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn will do: say something, do something, ask something.

    `charts` and `files` are said after the texts, each below words of its own. What it `reads`
    and `begins` counts against the person's plan; an answer to a card begins nothing. `writes`
    tells that words led to a change, and are kept. `topic` None leaves it as it was.
    `is_swallowed` is a message in a pause, which nobody has read. `unasked` is why no model read
    the words, for `why`. `has_warned`: the texts say already that a pasted key must be replaced.
    `is_signed`: what read the words is said in it already. `read_by` is what read them, `actions`
    what they were read as, by name.
    """

    texts: tuple[str, ...] = ()
    charts: tuple[tuple[str, Chart], ...] = ()
    files: tuple[tuple[str, FileBlock], ...] = ()
    effect: Effect | None = None
    question: Question | None = None
    topic: WalletId | None = None
    refusal: BursarError | None = None
    reads: int = 0
    begins: int = 0
    writes: int = 0
    is_swallowed: bool = False
    unasked: BursarError | None = None
    has_warned: bool = False
    is_signed: bool = False
    read_by: str = RULES
    actions: tuple[str, ...] = ()

    def signed(self, line: str) -> Step:
        """Return the step with a line below the last thing that it says, if it says anything."""
        if self.charts:
            *earlier, (text, chart) = self.charts
            return replace(self, charts=(*earlier, (f"{text}\n{line}", chart)))
        if self.texts:
            *before, last = self.texts
            return replace(self, texts=(*before, f"{last}\n{line}"))
        return self


def claim(tx: Tx, delivery: Delivery, owner: str) -> bool:
    """End a message in the transaction of its effects; False if another instance has it.

    Raises:
        OutOfTurn: an earlier message of the conversation is not finished.
    """
    if tx.inbox.finish(delivery.id, owner):
        return True
    if not tx.inbox.is_first(delivery.id, delivery.message.lane):
        raise OutOfTurn("an earlier message of the conversation is not finished")
    return False


def write_step(
    tx: Tx, scene: Scene, delivery: Delivery, step: Step, *, owner: str, limits: TurnLimits
) -> None:
    """Write all that a turn does: in the caller's transaction, or not at all.

    Does nothing if another instance has taken the message over.

    Raises:
        OutOfTurn: an earlier message of the conversation is not finished, the account has become
            somebody else's, or a pause is over.
    """
    message = delivery.message
    if not claim(tx, delivery, owner):
        return
    # As the database knows them now, where something is done: what was read before the plan may
    # have changed.
    person = scene.person if step.effect is None else _writer(tx, scene, message)
    place = tx.conversations.hear(message, person.id)
    if message.has_asides and scene.place is not None and scene.place.chat != message.chat:
        # What they read here belongs elsewhere, and so does what follows; it is shown here again.
        place = tx.conversations.get(scene.place.id)
    if _pauses(tx, place, person, message, step, limits):
        return
    actor = Actor(
        person,
        place.id,
        month_cap_nanos=limits.approver_month_nanos,
        request_life=limits.request_life,
        model_hosts=limits.model_hosts,
        allowances=limits.allowances,
        model_caps=limits.model_caps,
        channels=limits.channels,
    )
    said_before = tx.outbox.mark()
    texts, refusal, question = list(step.texts), step.refusal, step.question
    charts, files = step.charts, step.files
    nearly: list[Nearly] = []
    is_counted = False
    try:
        # Only what is done can be left half done.
        with nullcontext() if step.effect is None else tx.savepoint():
            nearly = use_up(
                tx,
                person,
                limits.allowances.of(person.plan),
                reads=step.reads,
                writes=step.begins,
                key=f"turn:{delivery.id}",
            )
            is_counted = True
            if step.effect is not None and refusal is None:
                texts.extend(step.effect(tx, actor, place))
    except (Refused, Conflict) as error:
        refusal, question, nearly = error, None, []
        if not is_counted:
            # What was read without a right to it is not told.
            texts.clear()
            charts, files = (), ()
    if names_secret(message.text) and not step.has_warned:
        texts.append(say(person.language, "key.pasted"))
    if refusal is not None:
        texts.append(explain(tx, place, person, refusal))
        place = replace(tx.conversations.get(place.id), reply_to=place.reply_to)
    texts.extend(quota_nearly_used(one, telling.reader_of(person, tx.now)) for one in nearly)
    for text in texts:
        telling.say(tx, place, text)
    for text, chart in charts:
        telling.say(tx, place, text, chart=chart)
    for text, file in files:
        telling.say(tx, place, text, blocks=(TextBlock(text), file))
    until = tx.now + limits.question_life
    kept = None if question is None else dump_asked(Asked(question, until))
    topic = step.topic or _topic_of(place)
    told = place.refusal
    if refusal is None and isinstance(step.unasked, Refused):
        if isinstance(step.unasked, InsufficientFunds):
            name_lifters(tx, person, step.unasked)
        told = _dump_refusal(step.unasked)
    if (kept, topic, told) != (place.question, place.topic_wallet_id, place.refusal):
        if step.effect is not None and step.topic is None:
            # What was done may have ended it.
            topic = _topic_of(tx.conversations.get(place.id))
        tx.conversations.remember(place.id, topic_wallet_id=topic, question=kept, refusal=told)
    if step.writes:
        _keep_words(tx, person, place, message)
    if limits.has_memory and may_keep(scene):
        turn = kept_turn(
            delivery.id,
            message.text,
            tx.outbox.texts_since(said_before, place.id),
            read_by=step.read_by,
            actions=step.actions,
            wallet_id=topic,
            at=tx.now,
        )
        tx.memory.keep(place.id, person.id, turn)


def may_keep(scene: Scene) -> bool:
    """Tell whether what is said is kept: by people of a company where a model reads."""
    person = scene.person
    return scene.context.directory.has_model and not (person.is_guest or person.is_disabled)


def _topic_of(place: Conversation) -> WalletId | None:
    return None if place.topic_wallet_id is None else WalletId(place.topic_wallet_id)


def _pauses(
    tx: Tx,
    place: Conversation,
    person: Principal,
    message: InboundMessage,
    step: Step,
    limits: TurnLimits,
) -> bool:
    """Tell whether the message falls into a pause; who wrote it is told with the first one.

    Raises:
        OutOfTurn: nobody has read it for the sake of a pause that is over.
    """
    cooldown = keep_pace(tx, person, message, limits.pace, is_write=step.begins > 0)
    if cooldown is None:
        if step.is_swallowed:
            raise OutOfTurn("the pause is over")
        return False
    if cooldown.is_new:
        most, within_s = limits.pace.bound(cooldown.cause)
        error = TooFast(cooldown.cause, most=most, within_s=within_s, until=cooldown.until)
        text = explain(tx, place, person, error, question=place.question)
        telling.say(tx, place, text)
    return True


def _writer(tx: Tx, scene: Scene, message: InboundMessage) -> Principal:
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None or (person.tenant, person.id) != (scene.tenant, scene.person.id):
        # Linked or unlinked since the scene was read: whose message this is must be asked again.
        raise OutOfTurn("the account is somebody else's now")
    return person


def explain(
    tx: Tx,
    place: Conversation,
    person: Principal,
    error: BursarError,
    *,
    question: str | None = None,
) -> str:
    """Say why something was not done, and keep it for `why` and the audit log.

    `question` is what goes on waiting for an answer there.
    """
    if isinstance(error, InsufficientFunds):
        name_lifters(tx, person, error)
    tx.record(AuditFact(tx.tenant, person.id, "refused", place.id, {"code": error.code}))
    tx.conversations.remember(
        place.id,
        topic_wallet_id=place.topic_wallet_id,
        question=question,
        refusal=_dump_refusal(error),
    )
    names = {str(wallet.id): wallet.name for wallet in tx.wallets.list_all()}
    told = [value for value in error.facts.values() if isinstance(value, str)]
    names |= {str(one): name for one, name in tx.people.names(told).items()}
    return error_text(error, telling.reader_of(person, tx.now), names=names)


def name_lifters(tx: Tx, person: Principal, error: InsufficientFunds) -> None:
    """Add to a hard stop who else can lift it, by name; nobody of a guest's business."""
    wallet_id = error.facts.get("wallet_id")
    if isinstance(wallet_id, str) and not person.is_guest:
        able = list_lifters(tx, WalletId(wallet_id))
        error.facts["lifts"] = tuple(one.name for one in able if one.id != person.id)


def _dump_refusal(error: BursarError) -> str:
    """Write an error as a conversation keeps it for `why`."""
    facts = {key: value for key, value in error.facts.items() if _is_plain(value)}
    return orjson.dumps({"code": error.code, **facts}).decode()


def _keep_words(tx: Tx, person: Principal, place: Conversation, message: InboundMessage) -> None:
    """Keep what led to a write, apart from the chain, which gets a salted digest of it."""
    salt = secrets.token_bytes(16)
    content_id = tx.audit.keep_content(person.id, message.text, salt)
    digest = content_digest(salt, message.text)
    detail: dict[str, object] = {"content": content_id, "digest": digest}
    tx.record(AuditFact(tx.tenant, person.id, "said", place.id, detail))


def _is_plain(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_plain(item) for item in value)
    return value is None or isinstance(value, (str, int, bool))

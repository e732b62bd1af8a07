"""The statements of the outbox."""

from typing import Final

import orjson
from sqlalchemy import Text, and_, bindparam, case, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from storage.pages import page_after
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.messages import conversation, outbox
from storage.tables.people import principal

# A message that takes longer than this to send was being sent by a process that died.
LEASE_US: Final = 60_000_000
ADD: Final = Statement(
    insert(outbox)
    .values(
        {
            "tenant": bindparam("tenant"),
            "conversation_id": bindparam("conversation_id"),
            "platform": bindparam("platform"),
            "class": bindparam("message_class"),
            "card": bindparam("card"),
            "reference": bindparam("reference"),
            "payload": bindparam("payload"),
            "queued_us": bindparam("queued_us"),
            "held_until_us": bindparam("held_until_us"),
        }
    )
    .inline()
)
_earlier = outbox.alias("earlier")
_shown = outbox.alias("shown")
# The oldest unsent message of each conversation, if its time has come: one in flight each.
NEXT: Final = Statement(
    select(
        *(outbox.c[name] for name in ("id", "tenant", "platform", "attempts", "payload", "card")),
        outbox.c.reference,
        outbox.c.was_tried,
        outbox.c.held_until_us,
        outbox.c.conversation_id,
        outbox.c["class"].label("message_class"),
        conversation.c.chat,
        conversation.c.thread,
        conversation.c.external_id,
        conversation.c.address,
        conversation.c.is_private,
        principal.c.language,
        # Which message the card is already.
        select(_shown.c.platform_msg_id)
        .where(
            outbox.c.card != "",
            _shown.c.conversation_id == outbox.c.conversation_id,
            _shown.c.card == outbox.c.card,
            _shown.c.card != "",
            _shown.c.platform_msg_id != "",
            _shown.c.id < outbox.c.id,
        )
        .order_by(_shown.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("edits"),
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .join(principal, principal.c.id == conversation.c.principal_id)
    .where(
        outbox.c.state == "queued",
        outbox.c.platform == bindparam("platform"),
        outbox.c.not_before_us <= func.bursar_now(),
        outbox.c.held_until_us <= func.bursar_now(),
        ~exists().where(
            _earlier.c.conversation_id == outbox.c.conversation_id,
            _earlier.c.id < outbox.c.id,
            _earlier.c.state.in_(["queued", "sending"]),
            # An answer does not wait for what waits for the morning.
            _earlier.c.held_until_us <= func.bursar_now(),
        ),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("count", type_=Int))
)
PAYLOAD: Final = Statement(
    select(outbox.c.payload).where(
        outbox.c.tenant == bindparam("tenant"), outbox.c.id == bindparam("row_id")
    )
)
# So many are claimed in one statement; fewer are filled up with the last one.
SIZES: Final = (1, 8, 32, 128)
BEGIN: Final = {
    size: Statement(
        update(outbox)
        .where(
            outbox.c.id.in_([bindparam(f"id_{index}", type_=Int) for index in range(size)]),
            outbox.c.state == "queued",
        )
        .values(
            state="sending",
            attempts=outbox.c.attempts + 1,
            # Until then it is this process's; nobody takes longer over one message.
            not_before_us=func.bursar_now() + LEASE_US,
        )
        .returning(outbox.c.id)
    )
    for size in SIZES
}
END: Final = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"), outbox.c.state == "sending")
    .values(
        state=bindparam("new_state", type_=Text),
        platform_msg_id=bindparam("msg_id", type_=Text),
        not_before_us=bindparam("not_before", type_=Int),
        sent_us=bindparam("sent", type_=Int),
        why=bindparam("code", type_=Text),
        was_tried=bindparam("tried", type_=Int),
        attempts=outbox.c.attempts - bindparam("untried", type_=Int),
    )
)
# What waits in a conversation that is over goes elsewhere, in its order.
WAITS_IN: Final = Statement(
    select(
        outbox.c.id,
        outbox.c.conversation_id,
        outbox.c["class"].label("message_class"),
        outbox.c.card,
        outbox.c.reference,
        outbox.c.payload,
        outbox.c.held_until_us,
    )
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state == "queued",
        outbox.c.conversation_id == bindparam("conversation_id"),
    )
    .order_by(outbox.c.id)
)
# What waits for the end of a person's quiet hours, when those are others now.
HOLD_AGAIN: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state == "queued",
        outbox.c.held_until_us > func.bursar_now(),
        outbox.c.conversation_id.in_(
            select(conversation.c.id).where(
                conversation.c.tenant == bindparam("tenant"),
                conversation.c.principal_id == bindparam("person_id", type_=Text),
            )
        ),
    )
    .values(held_until_us=bindparam("until_us", type_=Int))
    .returning(outbox.c.platform)
)
# What of a card waits for the end of quiet hours, and is past before it comes.
DROP_HELD: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state == "queued",
        outbox.c.conversation_id == bindparam("in_conversation", type_=Text),
        outbox.c.card == bindparam("of_card", type_=Text),
        outbox.c.card != "",
        outbox.c.held_until_us > func.bursar_now(),
    )
    .values(state="dead", why="moved")
)
# What a card needs to be edited stands beside its text. What did not arrive is not sent again.
_NOTHING: Final = orjson.dumps({"text": "", "buttons": []}).decode()
ERASE: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state.in_(["sent", "dead", "ambiguous"]),
        outbox.c.conversation_id.in_(
            select(conversation.c.id).where(
                conversation.c.tenant == bindparam("tenant"),
                conversation.c.principal_id == bindparam("person_id", type_=Text),
                conversation.c.is_private == 1,
            )
        ),
        outbox.c.payload != _NOTHING,
    )
    .values(payload=_NOTHING, why=case((outbox.c.state == "sent", outbox.c.why), else_="erased"))
)
# What is not sent again, whoever asks.
_IS_OVER: Final = ("moved", "erased")
TAKE_BACK: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.id == bindparam("row_id"),
        outbox.c.state == "queued",
    )
    .values(state="dead", why="moved")
)
# As the index has it, word for word: SQLite looks no deeper.
_HAS_FAILED = text("outbox.state IN ('dead', 'ambiguous')")
_failed = (
    select(
        outbox.c.id,
        outbox.c.platform,
        outbox.c.why,
        outbox.c.queued_us,
        conversation.c.principal_id,
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(outbox.c.tenant == bindparam("tenant"), _HAS_FAILED, outbox.c.why.not_in(_IS_OVER))
)
FAILED: Final = Statement(
    _failed.order_by(outbox.c.id.desc()).limit(bindparam("count", type_=Int))
)
FAILED_ONE: Final = Statement(_failed.where(outbox.c.id == bindparam("row_id")))
_later = outbox.alias("later")
# Not where its card has moved on: that would bring an old one back.
AGAIN: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.id == bindparam("row_id"),
        outbox.c.state.in_(["dead", "ambiguous"]),
        outbox.c.why.not_in(_IS_OVER),
        or_(
            outbox.c.card == "",
            ~exists().where(
                _later.c.tenant == bindparam("tenant"),
                _later.c.conversation_id == outbox.c.conversation_id,
                _later.c.card == outbox.c.card,
                _later.c.id > outbox.c.id,
            ),
        ),
    )
    .values(
        was_tried=case((outbox.c.state == "ambiguous", 1), else_=outbox.c.was_tried),
        state="queued",
        attempts=0,
        not_before_us=0,
        why="",
    )
    .returning(outbox.c.platform)
)
# A process that died while sending may have been heard: sent again, marked as perhaps a copy.
RECOVER: Final = Statement(
    update(outbox)
    .where(
        outbox.c.state == "sending",
        or_(outbox.c.not_before_us <= func.bursar_now(), bindparam("takes_all", type_=Int) == 1),
    )
    .values(state="queued", not_before_us=0, was_tried=1)
)
_page = page_after(outbox, outbox.c.queued_us)
LOOK_AT_OLD: Final = Statement(_page)
_after = outbox.alias("after")
_is_old = (
    outbox.c.id > bindparam("after_id", type_=Int),
    outbox.c.id <= bindparam("upto_id", type_=Int),
    # Not by the index of states: a state has far more rows than a page.
    func.coalesce(outbox.c.state, "").in_(["sent", "dead", "ambiguous"]),
    func.coalesce(outbox.c.sent_us, outbox.c.queued_us) < bindparam("before_us", type_=Int),
    # What did not arrive waits for somebody to look at it, longer than that.
    or_(
        func.coalesce(outbox.c.state, "") == "sent",
        outbox.c.why.in_(_IS_OVER),
        outbox.c.queued_us < bindparam("lost_before_us", type_=Int),
    ),
)
# Which message a card is: the next one of its name edits it, however long after.
_is_last_of_card = and_(
    outbox.c.card != "",
    # What was never shown is edited by nothing.
    outbox.c.platform_msg_id != "",
    ~exists().where(
        _after.c.conversation_id == outbox.c.conversation_id,
        _after.c.card == outbox.c.card,
        _after.c.card != "",
        _after.c.platform_msg_id != "",
        _after.c.id > outbox.c.id,
    ),
)
EMPTY_OLD: Final = Statement(
    update(outbox)
    .where(*_is_old, _is_last_of_card, outbox.c.payload != _NOTHING)
    .values(payload=_NOTHING)
)
# Never the last row, as in the inbox.
DROP_OLD: Final = Statement(
    delete(outbox).where(
        *_is_old,
        ~_is_last_of_card,
        outbox.c.id < select(func.max(_later.c.id)).scalar_subquery(),
    )
)
COUNT_FAILED: Final = Statement(
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        _HAS_FAILED,
        outbox.c.why.not_in(_IS_OVER),
        outbox.c.queued_us >= bindparam("since_us", type_=Int),
    )
)
DEPTH: Final = Statement(select(func.count()).where(outbox.c.state.in_(["queued", "sending"])))

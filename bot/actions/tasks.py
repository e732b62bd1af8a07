"""A person's tasks: adding, changing, finishing, dropping and putting off; all of it their own."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from bot.actions.base import Action, Preview, Receipt, Tier, examples
from bot.actions.task_calls import (
    AddTask,
    CancelTask,
    CaptureThought,
    ChangeTask,
    ClearTasks,
    CompleteTask,
    SnoozeTask,
)
from bot.actions.task_changes import (
    USUAL_SNOOZE,
    RestoreTasks,
    TaskBefore,
    TasksReceipt,
    note,
    preview_restore,
    receipt,
    require_ahead,
    restore_tasks,
    save,
    shown,
    timing_of,
    undo_of,
)
from bot.actions.task_names import label, pinned, task_of
from bot.actions.task_plans import keep_telling
from bot.agenda import NO_TIME, Task, Timing
from bot.errors.kinds import InvalidInput, NotFound
from bot.ports import Actor, Tx
from bot.schedules.recurrence import Recurrence, next_after

# A task that nobody touched for so long, and that has no time to come, is stale.
STALE_AFTER: Final = timedelta(days=30)
_MOST_SHOWN: Final = 10


def preview_add(call: AddTask, tx: Tx, actor: Actor) -> Preview:
    """Show the task, and when its owner would be told of it."""
    timing = _new_timing(call, actor, tx.now)
    require_ahead(timing.due_at, tx.now)
    return Preview(
        action=call.action, subject=call.text, due_at=timing.due_at, repeats=timing.rule
    )


def add_task(call: AddTask, tx: Tx, actor: Actor) -> Receipt:
    """Keep a task. What was due while the draft waited for its yes is due at once.

    Raises:
        InvalidInput: its time means nothing, or the list is full; nothing was kept.
    """
    return _added(tx, actor, call.text, "open", _new_timing(call, actor, tx.now))


def preview_capture(call: CaptureThought, tx: Tx, actor: Actor) -> Preview:
    """Show the thought."""
    return Preview(action=call.action, subject=call.text)


def capture_thought(call: CaptureThought, tx: Tx, actor: Actor) -> Receipt:
    """Keep a thought in the inbox. Raises `InvalidInput` if the list is full."""
    return _added(tx, actor, call.text, "inbox", NO_TIME)


def preview_change(call: ChangeTask, tx: Tx, actor: Actor) -> Preview:
    """Show a task before and after."""
    task = task_of(call.task, tx, actor)
    after = _changed(call, task, actor, tx.now)
    if after.due_at != task.due_at:
        require_ahead(after.due_at, tx.now)
    is_renamed = after.text != task.text
    return replace(
        shown(call, after),
        before=task.text if is_renamed else None,
        after=after.text if is_renamed else None,
    )


def change_task(call: ChangeTask, tx: Tx, actor: Actor) -> Receipt:
    """Give a task other words or times; a thought becomes a task.

    Raises:
        NotFound, Ambiguous, InvalidInput: which, or to what, is not clear.
        Conflict: it was changed at the same moment; nothing was done.
    """
    before = task_of(call.task, tx, actor)
    after = save(tx, before, _changed(call, before, actor, tx.now))
    note(tx, actor, "changed", after, has_words=after.text != before.text)
    return receipt("changed", after, undo_of([(before, after)]))


def preview_complete(call: CompleteTask, tx: Tx, actor: Actor) -> Preview:
    """Show the task that would be ticked off, and when one that repeats comes next."""
    task = task_of(call.task, tx, actor)
    coming = _coming(task, tx.now)
    return replace(shown(call, task), due_at=coming)


def complete_task(call: CompleteTask, tx: Tx, actor: Actor) -> Receipt:
    """Tick a task off; one that repeats goes on with its next occasion.

    Raises:
        NotFound, Ambiguous: which one is not clear, or it is done already.
        Conflict: it was changed at the same moment; nothing was done.
    """
    before = task_of(call.task, tx, actor)
    if call.due_at is not None and call.due_at != before.due_at:
        raise NotFound("task", f"#{before.number}")
    after = _finish(tx, actor, before)
    how: Literal["done", "went_on"] = "went_on" if after.is_live else "done"
    return receipt(how, after, undo_of([(before, after)]))


def preview_cancel(call: CancelTask, tx: Tx, actor: Actor) -> Preview:
    """Show the task that would be dropped."""
    return shown(call, task_of(call.task, tx, actor))


def cancel_task(call: CancelTask, tx: Tx, actor: Actor) -> Receipt:
    """Drop a task with all its occasions. Raises as `complete_task` does."""
    before = task_of(call.task, tx, actor)
    after = _drop(tx, actor, before)
    return receipt("cancelled", after, undo_of([(before, after)]))


def preview_snooze(call: SnoozeTask, tx: Tx, actor: Actor) -> Preview:
    """Show until when a task would be put off."""
    until = _until(call, actor, tx.now)
    require_ahead(until, tx.now)
    return shown(call, task_of(call.task, tx, actor), at=until)


def snooze_task(call: SnoozeTask, tx: Tx, actor: Actor) -> Receipt:
    """Tell a task's owner of it again later. Raises as `complete_task` does."""
    before = task_of(call.task, tx, actor)
    until = _until(call, actor, tx.now)
    after = save(tx, before, replace(before, state="open", snoozed_until=until))
    note(tx, actor, "snoozed", after)
    return receipt("snoozed", after, undo_of([(before, after)]))


def preview_clear(call: ClearTasks, tx: Tx, actor: Actor) -> Preview:
    """Show how many tasks would go, and the first of them."""
    tasks = _to_clear(call, tx, actor)
    return Preview(
        action=call.action,
        subject=call.which,
        number=len(tasks),
        lines=tuple(label(task) for task in tasks[:_MOST_SHOWN]),
        after="done" if call.is_done else None,
    )


def clear_tasks(call: ClearTasks, tx: Tx, actor: Actor) -> Receipt:
    """Drop or tick off many tasks at once.

    Raises:
        NotFound: there is none to clear.
        Conflict: one was changed at the same moment; all are as they were.
    """
    end = _finish if call.is_done else _drop
    pairs = [(task, end(tx, actor, task)) for task in _to_clear(call, tx, actor)]
    how: Literal["done", "cancelled"] = "done" if call.is_done else "cancelled"
    return TasksReceipt(how=how, count=len(pairs), undo=undo_of(pairs))


def is_stale(task: Task, now: datetime) -> bool:
    """Tell a task or thought that nobody touched for long and that has no time to come."""
    last = max(task.changed_at, task.due_at or task.changed_at)
    return task.rule is None and task.is_live and now - last > STALE_AFTER


def _added(
    tx: Tx, actor: Actor, text: str, state: Literal["open", "inbox"], timing: Timing
) -> Receipt:
    salt = secrets.token_bytes(16)
    task = tx.tasks.add(actor.person.id, text=text, salt=salt, state=state, timing=timing)
    if task is None:
        raise InvalidInput("tasks", "are too many", example="clean up my tasks")
    keep_telling(tx, task)
    note(tx, actor, "added", task, has_words=True)
    gone = TaskBefore(number=task.number, expected=task.version, state="cancelled")
    undo = RestoreTasks(tasks=(gone,))
    return receipt("captured" if state == "inbox" else "added", task, undo)


def _new_timing(call: AddTask, actor: Actor, now: datetime) -> Timing:
    return timing_of(call.due_on, call.clock, call.repeats, actor, now)


def _changed(call: ChangeTask, task: Task, actor: Actor, now: datetime) -> Task:
    """Return a task with what a call changes; what it leaves out stays."""
    on, clock, repeats = call.due_on, call.clock, call.repeats
    text = call.text or task.text
    if on is None and clock is None and repeats is None:
        return replace(task, text=text, state="open")
    if repeats is None and task.rule is not None and on is None:
        repeats = task.rule
    elif repeats is None and task.due_at is not None:
        # "at 11" is on its day, "on Friday" at its hour.
        local = task.due_at.astimezone(ZoneInfo(actor.person.zone))
        clock = clock or f"{local:%H:%M}"
        on = on or (local.date() if task.due_at > now else None)
    timing = timing_of(on, clock, repeats, actor, now)
    # Another day is one of an occasion; how it comes back stays.
    rule = timing.rule if repeats is not None else task.rule
    zone = timing.zone if repeats is not None or task.rule is None else task.zone
    return replace(
        task,
        text=text,
        state="open",
        due_at=timing.due_at,
        rule=rule,
        zone=zone,
        snoozed_until=None,
    )


def _coming(task: Task, now: datetime) -> datetime | None:
    """Return when a task that repeats is due after its present occasion."""
    if task.rule is None or task.due_at is None:
        return None
    after = max(now, task.due_at)
    coming = next_after(Recurrence.parse(task.rule), after, ZoneInfo(task.zone))
    return None if coming is None else coming.at


def _finish(tx: Tx, actor: Actor, task: Task) -> Task:
    coming = _coming(task, tx.now)
    after = replace(task, state="done", snoozed_until=None)
    if coming is not None:
        after = replace(after, state="open", due_at=coming)
    saved = save(tx, task, after)
    note(tx, actor, "done", saved)
    return saved


def _drop(tx: Tx, actor: Actor, task: Task) -> Task:
    saved = save(tx, task, replace(task, state="cancelled", snoozed_until=None))
    note(tx, actor, "cancelled", saved)
    return saved


def _until(call: SnoozeTask, actor: Actor, now: datetime) -> datetime:
    if call.minutes is not None:
        return now + timedelta(minutes=call.minutes)
    on = call.until_on
    if call.days is not None:
        on = now.astimezone(ZoneInfo(actor.person.zone)).date() + timedelta(days=call.days)
    timing = timing_of(on, call.clock, None, actor, now)
    return timing.due_at or now + USUAL_SNOOZE


def _to_clear(call: ClearTasks, tx: Tx, actor: Actor) -> list[Task]:
    live = tx.tasks.list_live(actor.person.id)
    if call.which == "stale":
        tasks = [task for task in live if is_stale(task, tx.now)]
    else:
        tasks = [task for task in live if task.state == "open"]
    if not tasks:
        raise NotFound("stale_task" if call.which == "stale" else "open_task", "")
    return tasks


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        AddTask,
        Tier.T2,
        "account.own",
        add_task,
        preview_add,
        examples=examples(
            "remind me to send the invoice on Friday at 10",
            "recuérdame enviar la factura el viernes a las 10",
        ),
    ),
    Action(
        CaptureThought,
        Tier.T2,
        "account.own",
        capture_thought,
        preview_capture,
        examples=examples("note: ask Carla about prices", "apunta: preguntar precios a Carla"),
    ),
    Action(
        ChangeTask,
        Tier.T2,
        "account.own",
        change_task,
        preview_change,
        pin=pinned,
        examples=examples("move task 3 to Friday at 11", "mueve la tarea 3 al viernes a las 11"),
    ),
    Action(
        CompleteTask,
        Tier.T2,
        "account.own",
        complete_task,
        preview_complete,
        pin=pinned,
        is_tapped=True,
        examples=examples("done 3", "hecha la tarea 3"),
    ),
    Action(
        CancelTask,
        Tier.T2,
        "account.own",
        cancel_task,
        preview_cancel,
        pin=pinned,
        examples=examples("cancel task 3", "cancela la tarea 3"),
    ),
    Action(
        SnoozeTask,
        Tier.T2,
        "account.own",
        snooze_task,
        preview_snooze,
        pin=pinned,
        is_tapped=True,
        examples=examples("snooze until tomorrow at 9", "pospón hasta mañana a las 9"),
    ),
    Action(
        ClearTasks,
        Tier.T3,
        "account.own",
        clear_tasks,
        preview_clear,
        examples=examples("clean up my tasks", "limpia mis tareas"),
    ),
    Action(RestoreTasks, Tier.T2, "undo", restore_tasks, preview_restore, is_hidden=True),
)

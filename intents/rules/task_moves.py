"""The words in which people move, rename or put off a task: patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

_MOVE_EN: Final = (
    r"(?:change|move|reschedule|re-schedule|postpone|push|shift|update|delay|set|edit|put off|"
    r"bump|"
    r"bring|pull)"
)
# "from 3 to 5pm" moves to the second, "forward to 2pm" only that way.
_FROM: Final = r"(?: from [^,.;]{1,30}?)?(?: forward| back| up)?"
_THING_EN: Final = r"(?:task|to-?do|todo|reminder|action item)"
_THING_ES: Final = r"(?:tarea|recordatorio)"
CHANGE_EN: Final = re.compile(
    rf"{_MOVE_EN}(?: back| forward)?(?: the| my)? (?:(?:time|date|day|due date|deadline|hour|"
    rf"text|words|"
    rf"name|title|wording) (?:of|for|on) (?:the |my )?)?{_THING_EN}"
    rf"(?: (?:number|to(?= (?!\d))|about|for|of))?(?P<what>.*?){_FROM} (?P<link>to|until|till|"
    rf"for|on|"
    r"at|by) (?P<new>.+)"
    rf"|(?:{_MOVE_EN}|make)(?: back)? (?:the|my) (?P<what2>[^,.;]{{1,60}}?) {_THING_EN}{_FROM}"
    r"(?: be)? (?P<link2>to|until|till|for|on|at|by|(?<=reminder )(?=\d)|(?<=task "
    r")(?=\d{1,2}[:ap ]))"
    r" ?(?P<new2>.+)"
    rf"|(?:make|let|have|set) (?:the |my )?{_THING_EN}(?P<what3>[\s:#].+?) (?:be )?(?P<link3>due|"
    r"repeat|recur|come back|be) (?P<new3>.+)"
    rf"|(?:the |my )?{_THING_EN}(?P<what4>[\s:#].+?) (?:should|has to|must|needs to) (?:be|be due|"
    r"come|go|move|happen|repeat) (?P<link4>to|until|on|at|by|every|each|tomorrow|next)"
    r" ?(?P<new4>.*)"
    rf"|(?:the|my) (?P<what5>[^,.;]{{1,60}}?) {_THING_EN} (?:should|has to|must|needs to) (?:be|"
    r"be due|come|go|move|happen|repeat) (?P<link5>to|until|on|at|by|every|each|tomorrow|next)"
    r" ?(?P<new5>.*)"
    rf"|(?:the )?(?:due date|deadline|time|date) (?:of|for) (?:the |my )?{_THING_EN}"
    r"(?P<what6>[\s:#].+?) (?:is|should be|must be) ?(?P<link6>on|at|by|) (?P<new6>.+)"
    rf"|(?:rename)(?: the| my)? {_THING_EN}(?P<old>.+?) (?:to|as|into) (?P<name>.+)"
    rf"|put(?: the| my)? {_THING_EN}(?P<what7>[\s:#].+?) (?:off|back) (?P<link7>to|until|till|"
    rf"for|by)"
    r" (?P<new7>.+)"
    rf"|(?:rename(?= .*?\d)|(?:edit|reword)(?=[^:]*\d\s?[:—-]))(?: the| my)? {_THING_EN}"
    r"(?P<old2> #?\d{1,5})\s?[:—-]? (?P<name2>.+)"
)
CHANGE_ES: Final = re.compile(
    r"(?:cambia|cambiar|modifica|modificar|edita|editar|mueve|mover|pasa|pasar|reprograma|"
    r"reprogramar|retrasa|retrasar|pospon|"
    r"posponer|aplaza|aplazar|adelanta|adelantar|move|corre|deja|pon)(?: (?:la|mi|el))?"
    rf"(?: (?:hora|fecha|dia|texto|nombre) (?:de|del)(?: la| mi)?)? {_THING_ES}(?: de\b| para)?"
    r"(?P<what>.*?) (?P<link>para|a|al|hasta|por) (?P<new>.+)"
    r"|(?:cambia|mueve|pasa|reprograma|retrasa|pospon|aplaza|adelanta|corre) (?:la|el) "
    r"(?P<what2>#?\d{1,3}) "
    r"(?P<link2>para|a|al|hasta) (?P<new2>.+)"
    rf"|(?:la|el|mi) {_THING_ES}(?P<what3>[\s:#].+?) (?P<link3>que sea|debe ser|pasa) (?P<new3>.+)"
    rf"|(?:renombra|renombrar)(?: la| el| mi)? {_THING_ES}(?P<old>.+?) (?:a|como|por) (?P<name>.+)"
)
SNOOZE: Final = re.compile(
    r"(?:(?:not (?:now|yet)|later|ahora no|todavia no|luego|mas tarde)[,.;:!]? )?"
    r"(?:snooze|pospon(?:er|lo|la|me)?|aplaza(?:r|lo|la)?|remind me (?:(?:of|about) (?:it|that|"
    r"this) )?again|"
    r"remind me (?:of it )?later|ask me (?:about (?:it|that) )?again|"
    r"(?<=[a-z] )remind me(?= in )|(?<=[,.;:!] )remind me(?= in |$)|"
    r"(?:me lo recuerdas|recuerdamelo|recordamelo|recuerdame)(?: (?:mas tarde|luego|otra vez|de "
    r"nuevo))|(?:me lo recuerdas|recuerdamelo|recordamelo))"
    r"(?: (?:it|this|that|esto|la tarea|el recordatorio|the (?:task|reminder)|(?:task|reminder)))?"
    r"(?: (?P<task>(?:#|la |el )?\d{1,5})\b(?! (?:min\w*|h|hours?|hrs?|days?|"
    r"dias?|horas?|weeks?|sem\w*|am|pm)\b))?"
    r"(?:,? (?:for|until|till|to|by|por|hasta|para))?(?P<rest>\s.+)?"
)
# What makes a reminder of its own of "remind me later".
NEW_LATER: Final = re.compile(r"remind me later (?:to|about|that) \w")
GOES_ON: Final = re.compile(
    r"\s*(?:today |on |this (?:week|month|evening|afternoon) )?(?:to|about|that|que|de|para)\b"
    r"|\s*\w{2,}(?:ar|er|ir)(?:me|te|le|lo|la)? \w"
)
# An alert is put off by itself.
ALERT: Final = re.compile(r"\balerta?s?\b")
# So much later than it is: from when is not said.
AWAY: Final = re.compile(
    r"(?:by|for|por) (?:an?|one|two|three|half an|another|\d+|una?|dos|tres|media) "
    r"(?:more )?(?:min|minute|hour|hr|day|week|month|minuto|hora|dia|semana|mese?)s?(?: mas| "
    r"more)?"
)

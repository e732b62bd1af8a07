import string

from hypothesis import example, given
from hypothesis import strategies as st

from intents.replies.answer import read_reply
from intents.replies.frames import body_of, match_frame
from intents.replies.text import read_asked, read_text
from intents.replies.yes_words import SAYS_AS_ASKED, WHOLE_YES, YES

PROMPTS = st.sampled_from(
    [
        None,
        "Draft #7K2: ask for $200.00 for Design until 30 Nov 2026. [Yes] [Edit] [No]",
        "Draft #9QF: move $80.00 from Research to Design. Confirm?",
        "Borrador #7K2: pedir 200,00 $ para Diseño hasta el 30 nov 2026.",
    ]
)
YESES = st.sampled_from(
    [
        "yes",
        "ok",
        "sure",
        "go ahead",
        "that's right",
        "perfect",
        "sí",
        "vale",
        "claro",
        "👍",
        "dale",
    ]
)
MARKERS = st.sampled_from(
    [
        *("no", "not", "don't", "never", "nope", "cancel it", "stop", "wrong", "can't", "isn't"),
        *("but", "instead", "except", "unless", "if", "maybe", "later", "wait", "hold on"),
        *("make it 250", "change it", "only 100", "until friday", "more", "less", "add Ben"),
        *("pero", "nunca", "cancélalo", "cámbialo", "mejor no", "quizás", "espera", "solo 100"),
        *("once Ben agrees", "eventually", "reluctantly", "monthly", "in a while", "soon"),
        *("forget it", "so what does it cost", "tell Ben", "I hope", "for Finance", "by half"),
        *("cuando Ana diga", "si Ana quiere", "luego", "cada mes", "para marketing", "mañana"),
        *("👎", "🤔", "hasta el viernes", "menos", "aunque", "en vez de eso"),
    ]
)
GLUE = st.sampled_from([" ", ", ", ". ", "! ", "... ", " and ", "; ", "\n"])
SMALL_TALK = st.sampled_from(["", "please", "thanks", "hi", "por favor", "that is", "the draft"])


@given(yes=YESES, marker=MARKERS, glue=GLUE, more=SMALL_TALK, first=st.booleans(), prompt=PROMPTS)
def test_a_yes_beside_a_no_or_a_change_never_affirms(
    yes: str, marker: str, glue: str, more: str, first: bool, prompt: str | None
) -> None:
    pair = (yes, marker) if first else (marker, yes)
    reply = f"{glue.join(pair)} {more}"
    assert read_reply(reply, prompt=prompt).label != "affirm"


@given(reply=st.text(max_size=80), prompt=st.none() | st.text(max_size=80))
@example(reply="\u0338", prompt="")
@example(reply="'", prompt="[")
def test_any_text_is_read_and_only_a_word_of_consent_affirms(
    reply: str, prompt: str | None
) -> None:
    reading = read_reply(reply, prompt=prompt, draft={"amount": reply, "until": prompt or ""})
    if reading.label == "affirm":
        said = read_text(reply)
        words = {word for clause in said.clauses for word in clause.words}
        texts = {clause.text for clause in said.clauses}
        asked = read_asked(prompt, None)
        built = any(match_frame(body_of(clause.words), said, asked) for clause in said.clauses)
        assert words & YES or texts & WHOLE_YES or SAYS_AS_ASKED.search(said.plain) or built


@given(
    words=st.lists(
        st.text(string.ascii_lowercase, min_size=7, max_size=12), min_size=1, max_size=4
    ),
    yes=YESES,
)
def test_unknown_words_beside_a_yes_never_affirm(words: list[str], yes: str) -> None:
    unknown = [f"zq{word}" for word in words]
    assert read_reply(f"{yes} {' '.join(unknown)}").label != "affirm"


FRAMES = st.sampled_from(
    [
        "that {} right",
        "it looks {} good to me",
        "I {} agree with that",
        "that is a {} yes",
        "you got my {} right",
        "that's the {} I wanted",
        "yes, that is {}",
        "yes, book {} for me",
        "yes, the {} one",
    ]
)
TAKES_BACK = st.sampled_from(
    [
        *("not", "never", "hardly", "almost", "partly", "isn't", "don't", "wrong", "less", "more"),
        *("$250", "250", "monthly", "if", "but", "maybe", "later", "expensive", "half", "another"),
    ]
)


@given(frame=FRAMES, word=TAKES_BACK, prompt=PROMPTS)
def test_no_open_place_of_a_turn_takes_a_word_that_takes_it_back(
    frame: str, word: str, prompt: str | None
) -> None:
    assert read_reply(frame.format(word), prompt=prompt).label != "affirm"


@given(yes=YESES, hidden=st.sampled_from("\u200b\u200d\u202e\u2066\u0335\u0455"), data=st.data())
def test_a_hidden_or_foreign_sign_within_a_yes_never_affirms(
    yes: str, hidden: str, data: st.DataObject
) -> None:
    if len(yes) > 1:
        at = data.draw(st.integers(1, len(yes) - 1))
        assert read_reply(yes[:at] + hidden + yes[at:]).label != "affirm"


@given(amount=st.integers(min_value=1, max_value=10**7).filter(lambda n: n != 200), yes=YESES)
def test_a_yes_with_another_amount_never_affirms(amount: int, yes: str) -> None:
    prompt = "Ask for $200 for Design?"
    assert read_reply(f"{yes}, {amount}", prompt=prompt).label != "affirm"
    assert (
        read_reply(f"{yes} ${amount:,}", prompt=prompt, draft={"amount": "200"}).label != "affirm"
    )


@given(
    reply=st.text(max_size=60), draft=st.dictionaries(st.text(max_size=12), st.text(max_size=12))
)
def test_any_draft_is_read(reply: str, draft: dict[str, str]) -> None:
    assert read_reply(f"no, make it {reply}", draft=draft).label != "affirm"

import string

from hypothesis import example, given
from hypothesis import strategies as st

from intents.replies import read_reply
from intents.reply_text import read_text
from intents.reply_words import SAYS_AS_ASKED, WHOLE_YES, YES

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
        assert words & YES or texts & WHOLE_YES or SAYS_AS_ASKED.search(said.plain)


@given(
    words=st.lists(
        st.text(string.ascii_lowercase, min_size=7, max_size=12), min_size=1, max_size=4
    ),
    yes=YESES,
)
def test_unknown_words_beside_a_yes_never_affirm(words: list[str], yes: str) -> None:
    unknown = [f"zq{word}" for word in words]
    assert read_reply(f"{yes} {' '.join(unknown)}").label != "affirm"


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

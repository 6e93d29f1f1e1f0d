"""Hypothesis strategies for documents and text that search must read."""

from hypothesis import strategies as st

from tests.search.memory import Entry

ANY_TEXT = st.text(st.characters(exclude_categories=("Cn", "Cs", "Co")), max_size=40)
"""Characters that are assigned: of others Python and browsers know different sets."""
TRICKY = st.lists(
    st.sampled_from(
        [
            *"-\u2010'\u2019+.,  0123aFsSﬅßÅåしｶﾞ東京한각\u0301ΣςİıёЙ½㎞",
            "U.S.",
            "1,000.5",
            "F-35",
            "2+2",
        ]
    ),
    max_size=20,
).map("".join)
TEXT = st.one_of(ANY_TEXT, TRICKY)
VOCABULARY = (
    "rent rents renting office offices control U.S. F-35 F35 2+2 1,000 state-of-the-art "
    "Tōkyō tokyo naïve the of 尖閣諸島 東京都 島 サイバー ｻｲﾊﾞｰ don't Japan's 한국어 policy policies"
).split()
WORDS = st.sampled_from(VOCABULARY)
SENTENCES = st.lists(WORDS, min_size=1, max_size=15).map(" ".join)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Return documents of all kinds with topics and sources among them."""
    made = [
        Entry(name=name, title=f"Topic {name}", kind="topic", topics=(name,)) for name in ("a", "b")
    ]
    made += [
        Entry(
            name=name,
            title=f"Source {name}",
            kind="source",
            publisher=f"Publisher {name}",
            date=draw(st.sampled_from(["", "2024", "2024-05", "2025-01-02"])),
            body=draw(SENTENCES),
        )
        for name in ("x", "y")
    ]
    for place in range(draw(st.integers(1, 12))):
        made.append(
            Entry(
                name=f"e{place}",
                title=draw(SENTENCES),
                body=draw(SENTENCES),
                lang=draw(st.sampled_from(["en", "ja", "de"])),
                date=draw(st.sampled_from(["2023-01-01", "2024-02-03", "2025-03-04"])),
                topics=tuple(draw(st.lists(st.sampled_from("ab"), unique=True))),
                sources=tuple(draw(st.lists(st.sampled_from("xy"), unique=True))),
                sections=((draw(SENTENCES), draw(SENTENCES)),),
            )
        )
    return made

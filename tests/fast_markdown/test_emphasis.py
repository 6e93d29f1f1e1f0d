"""Emphasis that is made at once is what weighing its marks makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fast_markdown.pairs import SETS, Pair

PIECES = st.sampled_from(
    ["*", "**", "_", "__", "a", "bc d", " ", "\n", ".", "(", "\u00a0", "é", "\\*", "`x`", "[l](t)"]
)
MARKED = st.tuples(
    st.sampled_from(["", "a ", "a", "(", ". ", "\n", "`x` ", "`x`"]),
    st.sampled_from(["*", "**", "_", "__", "***"]),
    st.sampled_from(["a", "a b", " a", "a ", "a\nb", "`x`", "a*b", "a_b", "\u3000a"]),
    st.sampled_from(["*", "**", "_", "__", "***"]),
    st.sampled_from(["", " a", "a", "_", ".", "\n", "`x`"]),
).map("".join)


@pytest.mark.parametrize("name", ["none", "legacy", "extra, quotes, toc"])
def test_emphasis_is_the_same(name: str) -> None:
    pair = Pair(SETS[name])

    @given(st.one_of(MARKED, st.lists(PIECES, max_size=12).map("".join)))
    @settings(max_examples=600)
    def is_same(text: str) -> None:
        pair.same(text)

    is_same()


def test_what_is_nested_in_emphasis_is_found() -> None:
    pair = Pair()
    for text in ("*a `b` **c***", "**a *b [c](d)* e**", "*[a](b)* and [*a*](b) and `c`"):
        pair.same(text)

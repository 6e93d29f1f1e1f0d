"""Where front matter ends."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.load.front_matter import split

_PIECES = ["-", "---", "...", ".", "\n", "\n---\n", " ", "\xa0", "a"]


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_front_matter_ends_with_the_first_line_that_closes_it(rest: str) -> None:
    text = f"---\n{rest}"
    lines = text.split("\n")
    ends = [n for n, line in enumerate(lines) if n and line.rstrip() in ("---", "...")]
    parts, _ = split("a.md", text)
    assert (parts is None) == (not ends)
    if parts is not None:
        assert parts.yaml == "\n".join(lines[1 : ends[0]]) + "\n"
        assert parts.body == "\n".join(lines[ends[0] + 1 :])
        assert parts.body_line == ends[0] + 2

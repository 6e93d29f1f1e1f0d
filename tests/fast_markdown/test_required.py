"""What is derived from regular expressions holds for every text they match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from sitegen.fast_markdown.anchors import anchor, searcher
from sitegen.fast_markdown.required import required


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        (r"\[\^([^\]]*)\]", ("[^",)),
        (r"(?<!\!)\[", ("[",)),
        (r"a|b", ("a", "b")),
        (r"(?:ab)+c", ("ab",)),
        (r"\.{3}(?!\.)", ("...",)),
        (r"(?<=x)'(?=\w)", ("'",)),
        (r"-{2,}>", ("-->",)),
        (r"a*", ()),
        (r"a?b", ("b",)),
        (r"[^a]", ()),
        (r"\d+", ()),
        (r"(?i)a", ()),
        (r"(?i)k\[", ("[",)),
        (r"(?i:a)b", ("b",)),
        (r"(?-i:a)b", ("a",)),
        (r"(a)?(?(1)b|c)", ()),
        (r"(?:x|)y", ("y",)),
        (r"(?:|x)", ()),
        (r"\n(?:=+|-+)", ("\n=", "\n-")),
        (r"^[ ]{0,3}[*+-]", ("*", "+", "-")),
    ],
)
def test_what_is_required(expression: str, texts: tuple[str, ...]) -> None:
    assert required(re.compile(expression)) == texts


def test_line_starts_stand_for_the_beginning() -> None:
    expression = re.compile(r"^[ ]{0,3}(?=(-+|_+){3,})", re.MULTILINE)
    texts = required(expression, at_line_starts=True)
    assert set(texts) == {"\n ", "\n-", "\n_"}


def expressions() -> list[re.Pattern[str]]:
    extensions = ["extra", "smarty", "toc", "admonition", "wikilinks", "sane_lists"]
    md = Markdown(extensions=extensions)
    smarty = md.treeprocessors["smarty"].inlinePatterns  # type: ignore[attr-defined]
    found = [each.getCompiledRegExp() for each in (*md.inlinePatterns, *smarty)]
    for processor in md.parser.blockprocessors:
        expression = getattr(processor, "RE", getattr(processor, "SEARCH_RE", None))
        if isinstance(expression, re.Pattern):
            found.append(expression)
    return found


@given(st.data())
@settings(max_examples=300)
def test_any_match_contains_what_is_required(data: st.DataObject) -> None:
    expression = data.draw(st.sampled_from(expressions()))
    text = data.draw(st.from_regex(expression))
    if expression.search(text):
        for at_line_starts in (False, True):
            texts = required(expression, at_line_starts=at_line_starts)
            assert not texts or any(each in "\n" + text for each in texts)


ATOMS = st.sampled_from(
    [*"ab-'[^ \n.", r"\[", r"\d", r"\s", ".", "[ab]", "[^a]", "^", "$", r"\b", "(?=a)", "(?<=a)"]
).map(lambda each: re.escape(each) if each in ("[", "^ ", ".") else each)
TREES = st.recursive(
    ATOMS,
    lambda inside: st.one_of(
        st.lists(inside, min_size=1, max_size=4).map("".join),
        st.tuples(inside, inside).map(lambda each: f"(?:{each[0]}|{each[1]})"),
        st.tuples(
            inside, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "+?", "*+", "{0,2}"])
        ).map(lambda each: f"({each[0]}){each[1]}"),
        inside.map(lambda each: f"(?={each})"),
        inside.map(lambda each: f"(?!{each})"),
        inside.map(lambda each: f"(?>{each})"),
        inside.map(lambda each: f"(?i:{each})"),
    ),
    max_leaves=8,
)


@given(TREES, st.lists(st.text("abAB-'[^ \n.", max_size=12), min_size=1, max_size=8), st.booleans())
@settings(max_examples=800)
def test_any_expression(tree: str, texts: list[str], is_multiline: bool) -> None:
    try:
        expression = re.compile(tree, re.MULTILINE if is_multiline else 0)
    except re.error:
        return
    for text in texts:
        if expression.search(text):
            for at_line_starts in (False, True):
                found = required(expression, at_line_starts=at_line_starts)
                inside = "\n" + text if at_line_starts else text
                assert not found or any(each in inside for each in found)
        search = searcher(expression)
        for start in range(len(text) + 1):
            found_by_us, found_by_re = search(text, start), expression.search(text, start)
            assert (found_by_us and found_by_us.span()) == (found_by_re and found_by_re.span())


def test_an_expression_behind_a_choice_has_an_anchor() -> None:
    assert anchor(re.compile(r"(?<=[^ ])'(?!\s)")) == ("'", 0, 0)
    assert anchor(re.compile(r"(\s|&nbsp;|--)'(?=\w)")) == ("'", 1, 6)
    assert anchor(re.compile(r"'(?=\w)")) is None
    assert anchor(re.compile(r"\s*'")) is None

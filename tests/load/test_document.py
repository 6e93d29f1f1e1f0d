"""One file alone: what its document holds, and what is said when it holds something wrong."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.load.document import count_words, load_document
from sitegen.load.scan import ContentFile
from sitegen.model.document import HOLE, Body, Document, Loaded
from sitegen.model.front_matter import ExplainerMeta
from sitegen.model.settings import LoadSettings

FRONT = """---
title: A title
summary: A summary
date: 2025-02-06
topics: [a]
sources: [s]
"""


def load(text: str, path: str = "content/explainers/x.md") -> Loaded:
    file = ContentFile(kind="explainer", path=path, data=text.encode())
    return load_document(file, LoadSettings(language="en", extensions=()))


def document(text: str) -> Document:
    loaded = load(text)
    assert loaded.document is not None, loaded.diagnostics
    return loaded.document


def body_of(text: str) -> Body:
    loaded = load(text)
    assert loaded.body is not None, loaded.diagnostics
    return loaded.body


def lines_of_references(text: str) -> list[int | None]:
    spans = body_of(text).spans
    count = len(document(text).references)
    found = (spans.get(f"reference.{number}") for number in range(count))
    return [span.line if span else None for span in found]


def codes(text: str) -> list[str]:
    return [found.code for found in load(text).diagnostics]


def body(markdown: str) -> str:
    return body_of(f"{FRONT}---\n{markdown}").fragments["body"].html


@pytest.mark.parametrize("title", ["12:30", "2025", "no", "010", "1_000", "2025-02-30", "~x"])
def test_a_title_stays_what_was_written(title: str) -> None:
    meta = document(FRONT.replace("A title", title) + "---\n").meta
    assert isinstance(meta, ExplainerMeta)
    assert meta.title == title


def test_duplicate_key_names_both_lines() -> None:
    loaded = load(FRONT + "title: Again\n---\n")
    assert loaded.diagnostics[0].code == "duplicate-key"
    assert "line 2" in loaded.diagnostics[0].message
    assert loaded.diagnostics[0].span is not None
    assert loaded.diagnostics[0].span.line == 7


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("2025-2-3", "2025-02-03"),
        ("06/02/2025", "hyphens"),
        ("2025-02-30", "month and the day"),
        ("yesterday", "2025-02-06"),
    ],
)
def test_a_wrong_date_says_how_to_write_it(written: str, mend: str) -> None:
    found = load(FRONT.replace("2025-02-06", written) + "---\n").diagnostics
    assert [each.code for each in found] == ["bad-date"]
    assert mend in found[0].help
    assert found[0].span is not None
    assert found[0].span.line == 4


def test_times_keep_their_offset() -> None:
    meta = document(FRONT.replace("2025-02-06", "2025-02-06 14:30 +0900") + "---\n").meta
    assert isinstance(meta, ExplainerMeta)
    assert meta.date == "2025-02-06T14:30:00+09:00"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("sumary: x", "unknown-key"),
        ("known: just text", "bad-value"),
        ("known: &a [x]", "yaml-feature"),
        ("known: *a", "yaml-feature"),
        ("known: !!str x", "yaml-feature"),
        ("known: [yes]", ""),
        ("authors: [no]", "bad-value"),
        ("draft: perhaps", "bad-value"),
        ("slug: a/b", "bad-slug"),
        ("review_every: often", "bad-value"),
        ("events: [{date: 2025, text: x, status: done}]", "bad-value"),
        ("events: [{text: x}]", "missing-key"),
        ("series: " + "[" * 30, "yaml-limit"),
        ("series: 'x", "bad-yaml"),
        ("series: Why #MeToo", "bad-value"),
        ("series: Why # a comment", ""),
        ("known: ['![x](https://example.org/x.png)']", "outside-image"),
        ("as_of: ２０２５", "bad-date"),
        ("known: ['x [@s, \"unclosed] y']", "bad-citation"),
        ("known: ['x \\[@s] y']", ""),
        ("events: [{date: 2025, text: 'see [see @s]'}]", "unread-citation"),
        ("\tseries: x", "bad-yaml"),
    ],
)
def test_front_matter_findings(line: str, code: str) -> None:
    assert codes(f"{FRONT}{line}\n---\n") == ([code] if code else [])


def test_citations_are_numbered_in_reading_order() -> None:
    text = (
        FRONT
        + "key_points: ['First [@one].']\nevents: [{date: 2025, text: 'Last [@five]'}]\n---\n"
        + '- item [@two]\n    - inner [@three]\n\nThen [words][@four, p. 2, "a [...] b"].\n'
    )
    found = body_of(text).citations
    assert [each.source for each in found] == ["one", "two", "three", "four", "five"]
    assert [each.number for each in found] == [1, 2, 3, 4, 5]
    assert (found[3].words, found[3].locator, found[3].passage) == ("words", "p. 2", "a [...] b")
    assert found[3].sentence == "Then words."


def test_a_claim_marks_its_words_and_carries_its_anchor() -> None:
    html = body("Said [they *will* move][@s].")
    assert '<span class="claim" id="c1">they <em>will</em> move</span>\ufdd0c1\ufdd1.' in html


def test_several_sources_of_a_claim_are_numbers_of_their_own() -> None:
    found = body_of(f"{FRONT}---\n[words][@a; @b, p. 3]").citations
    assert [(each.source, each.words, each.claim) for each in found] == [
        ("a", "words", True),
        ("b", "words", False),
    ]


@pytest.mark.parametrize("text", ["`[@s]`", "```\n[@s]\n```", r"\[@s]", "a@b.org"])
def test_what_is_no_citation(text: str) -> None:
    assert body_of(f"{FRONT}---\n{text}").citations == ()


def test_sentences_do_not_end_at_abbreviations() -> None:
    found = body_of(f"{FRONT}---\nFirst. The U.S. Marines [moved][@s] to No. 5 base. Last.")
    assert found.citations[0].sentence == "The U.S. Marines moved to No. 5 base."


def test_japanese_sentences() -> None:
    found = body_of(f"{FRONT}---\n最初の文。[日本][@s]は言う。最後。")
    assert found.citations[0].sentence == "日本は言う。"


def test_references_know_their_place_and_code_is_no_place() -> None:
    text = f"{FRONT}---\n`(a.md)` [x](a.md)\n\n[y](a.md#h) and [[slug|words]]"
    found = document(text).references
    assert [(each.form, each.target, each.anchor) for each in found] == [
        ("path", "a.md", ""),
        ("path", "a.md", "h"),
        ("wiki", "slug", ""),
    ]
    assert lines_of_references(text) == [8, 10, 10]


def test_heading_ids_are_unique_and_never_the_page_s_own() -> None:
    text = f"{FRONT}---\n# One\n## One\n## Sources\n## 尖閣"
    assert document(text).anchors == ("one", "one_1", "sources-section", "尖閣")
    assert "<h1" not in body_of(text).fragments["body"].html


def test_footnotes_stay_apart_from_notes() -> None:
    found = body_of(f"{FRONT}---\nText[^a] and [@s].\n\n[^a]: A footnote.")
    assert [each.number for each in found.citations] == [1]
    assert 'id="fn:a"' in found.fragments["body"].html


def test_terms_may_be_linked_in_running_text_only() -> None:
    found = body_of(
        f'{FRONT}---\n## Heading\n\nPlain `code` [link](b.md) [claim][@s] "quoted" end.'
    )
    fragment = found.fragments["body"]
    linkable = "|".join(fragment.html[start:end] for start, end in fragment.linkable)
    assert "Plain" in linkable
    assert "end" in linkable
    assert not {"Heading", "code", "link", "claim", "quoted"} & set(
        linkable.replace("|", " ").split()
    )


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("[x](javascript:alert)", "unsafe-link"),
        ("[x](&#106;avascript:alert)", "unsafe-link"),
        ("<script>x</script>", "swallowing-html"),
        ("<marquee>x</marquee>", "unsafe-html"),
        ("[w][s1, p. 2]", "unread-citation"),
        ("[w][@s, @t]", "bad-citation"),
        ("![a [@s]](x.png)", "bad-citation"),
        ('<b onclick="x">y</b>', "unsafe-html"),
        ("![x](https://example.org/x.png)", "outside-image"),
        ('<p id="main">x</p>', "duplicate-anchor"),
        ("[x][@s]{translatd}", "bad-citation"),
        ('[@s "no comma"]', "bad-citation"),
        ("- " * 300 + "x", "nesting-too-deep"),
    ],
)
def test_markdown_findings_name_their_line(markdown: str, code: str) -> None:
    found = load(f"{FRONT}---\n\n{markdown}").diagnostics
    assert [each.code for each in found] == [code]
    if code != "duplicate-anchor":
        assert found[0].span is not None
        assert found[0].span.line == 9


def test_no_script_survives() -> None:
    html = body('<img src="x.png" onerror="alert(1)"> <svg onload=alert(1)> [a](x.md){onclick=x}')
    assert "alert" not in html
    assert "onclick" not in html


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "not-utf8", 2),
        (b"---\ntitle: x\n---\na\x00b", "control-character", 4),
        ("---\ntitle: \u202ex\n---\n".encode(), "control-character", 2),
        ("---\ntitle: x\n---\n\ufdd0c1\ufdd1".encode(), "control-character", 4),
    ],
)
def test_characters_that_cannot_stand_in_content(data: bytes, code: str, line: int) -> None:
    file = ContentFile(kind="explainer", path="content/explainers/x.md", data=data)
    found = load_document(file, LoadSettings(language="en", extensions=())).diagnostics
    assert found[0].code == code
    assert found[0].span is not None
    assert found[0].span.line == line


def test_bom_and_line_endings_change_nothing() -> None:
    text = f"{FRONT}---\nA line\n\n- item"
    plain = document(text)
    other = load("\ufeff" + text.replace("\n", "\r\n")).document
    assert other == plain


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("What [@s] said", "what-said"),
        ("Claim [words][@s] here", "claim-words-here"),
        ("The [[t]] page", "the-page"),
        ("T cells", "t-cells"),
        ("C1", "c1-section"),
    ],
)
def test_heading_ids_do_not_change_with_what_is_cited_above(heading: str, anchor: str) -> None:
    assert document(f"{FRONT}---\n## {heading}").anchors == (anchor,)
    assert anchor in document(f"{FRONT}---\n[@a] [@b] [[c]]\n\n## {heading}").anchors


def test_links_by_slug_and_citations_in_tables() -> None:
    text = f"{FRONT}---\n| a | b |\n|---|---|\n| [[t\\|words]] | [x][@s] |\n"
    assert [each.target for each in document(text).references] == ["t"]
    assert lines_of_references(text) == [10]
    found = body_of(text)
    assert [each.source for each in found.citations] == ["s"]
    assert "words</a>" in found.fragments["body"].html


@pytest.mark.parametrize(
    ("markdown", "code", "column"),
    [
        ("Said [see @s, p. 3].", "unread-citation", 6),
        ("Said [-@s].", "unread-citation", 6),
        ("Said [@s, 'x.", "bad-citation", 6),
        ("Said [[t and more.", "unread-link", 6),
        ("[text [@s]](e.md)", "bad-citation", 7),
        ("[@s], [@s, p. 1, [@t]] x", "bad-citation", 7),
        ("a [@s, p. [two words][@t, p. 2]] b", "bad-citation", 3),
        ("[w][@s, [x][@t; @u] y]", "bad-citation", 4),
    ],
)
def test_what_would_be_printed_as_it_stands_is_said(markdown: str, code: str, column: int) -> None:
    found = load(f"{FRONT}---\nFirst [words][@s] and `[@c]` and \\[@e].\n\n{markdown}").diagnostics
    assert [(each.code, each.span and each.span.column) for each in found] == [(code, column)]


def test_a_contents_list_repeats_no_number() -> None:
    found = body_of(f"{FRONT}---\n[TOC]\n\n## One [@s]\n\n## Two")
    assert [each.number for each in found.citations] == [1]
    assert 'href="#one"' not in found.fragments["body"].html  # it is a hole until resolved
    assert '<div class="toc">' in found.fragments["body"].html


@pytest.mark.parametrize(
    "reference",
    ["&#xFDD0;{}&#xFDD1;", "&#64976;{}&#64977;", "&#x0fdd0{}&#xfdd1", "&#2;{}&#3;", "&#xFDD2;{}"],
)
@pytest.mark.parametrize("mark", ["p0", "w0", "c1", "h0", "t9"])
def test_no_character_reference_forges_a_mark(reference: str, mark: str) -> None:
    forged = reference.format(mark)
    text = (
        f'{FRONT}---\n[words][@s] {forged} <a href="{forged}" id="{forged}">x</a> [y]({forged})\n'
    )
    found = load(text).body
    if found is not None:
        assert len(found.citations) == 1
        html = found.fragments["body"].html
        assert sorted(set(HOLE.findall(html))) <= [("c", "1"), ("h", "0"), ("h", "1")]


def test_no_yaml_escape_smuggles_a_character_in() -> None:
    assert codes(FRONT.replace("A title", r'"a\uFDD0c1\uFDD1"') + "---\n") == ["control-character"]
    assert codes(FRONT.replace("A title", r'"a\x02"') + "---\n") == ["control-character"]


def test_escapes_in_a_citation_are_the_characters_themselves() -> None:
    found = body_of(FRONT + "---\n" + r'[w][@s, p. 3\-4, "it cost \$5 \[sic\] \*now\*"]')
    assert found.citations[0].locator == "p. 3-4"
    assert found.citations[0].passage == r"it cost \$5 [sic] *now*"


def test_classes_of_the_interface_are_not_for_content() -> None:
    html = body('A <span class="cite mine"><span class="card">x</span></span>\n\nHidden.\n{: .vh }')
    assert 'class="mine"' in html
    assert "card" not in html
    assert "vh" not in html


@pytest.mark.parametrize(
    "written",
    [
        '<table><tr><td align="right" class="vh mine">x</td></tr></table>',
        '<img class="vh mine" alt="x" src="x.png">',
    ],
)
def test_no_element_keeps_classes_of_the_interface(written: str) -> None:
    html = body(written)
    assert "mine" in html
    assert "vh" not in html


def test_unclosed_html_is_refused_before_it_takes_for_ever() -> None:
    assert "nesting-too-deep" in codes(FRONT + "---\n" + "<div>\n" * 20_000)
    closed = "<div>\n" * 5_000 + "</div>\n" * 5_000
    assert "nesting-too-deep" in codes(FRONT + "---\n" + closed)


@pytest.mark.parametrize(
    ("line", "number", "mend"),
    [
        ("series: 'Japan's law'", 7, "double quotation marks"),
        ('series: "X" and more', 7, "double quotation marks"),
        ('known:\n  - "Rents [w][@s1, "quote"] x"', 8, "double quotation marks"),
        ("series:Page X", 7, "key: value"),
    ],
)
def test_yaml_slips_are_said_in_plain_words(line: str, number: int, mend: str) -> None:
    found = load(f"{FRONT}{line}\n---\n").diagnostics
    assert [each.code for each in found] == ["bad-yaml"]
    assert found[0].span is not None
    assert found[0].span.line == number
    assert mend in found[0].help


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("He said 'we don't know yet' [@s].", "we don’t know yet"),
        ("He said ‘we don’t know yet’ [@s].", "we don’t know yet"),
        ('It is so ("no one knows yet") [@s].', "no one knows yet"),
        ("These are the owners’ [@s].", ""),
        ("‘One thing’ is the owners’ [@s].", ""),
    ],
)
def test_marks_of_every_kind_quote(written: str, quoted: str) -> None:
    assert body_of(FRONT + "---\n" + written).citations[0].quotation == quoted


def test_a_translation_without_its_original_is_a_warning() -> None:
    given = '"Rents rose" [@s, "Die Mieten stiegen"]{translated}.'
    assert codes(FRONT + "---\n" + given) == []
    assert codes(FRONT + "---\n" + '"Rents rose" [@s, p. 3]{translated}.') == ["no-original"]


@given(st.text("ab'\u2019.-_ ,\u00e9\u0301\u014d\u2192\u4e009\u00b2\n", max_size=20))
def test_words_are_letters_and_digits_that_single_marks_may_join(text: str) -> None:
    words = re.findall(r"[^\W_]+(?:['\u2019.-][^\W_]+)*", text)
    assert count_words(text, "en") == len(words)


@pytest.mark.parametrize(
    "markdown",
    [
        "".join(f"# Words {number}\n\n" for number in range(40_000)),
        "".join(f"a[^{number}] " for number in range(12_000))
        + "".join(f"\n\n[^{number}]: b" for number in range(12_000)),
    ],
    ids=["headings", "footnotes"],
)
def test_thousands_of_parts_take_no_longer_for_each(markdown: str) -> None:
    started = time.process_time()
    assert codes(f"{FRONT}---\n{markdown}") == []
    assert time.process_time() - started < 4

"""Explainers cited in words, in each style; entries as the styles' own handbooks print them."""

from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from sitegen.model.settings import CitationStyle
from sitegen.render.citation_styles import cited
from sitegen.render.cite import PageCitation
from sitegen.render.names import Name
from tests.sites import InlineSite

ADA = Name(text="Ada B. Writer", family="Writer", given="Ada B.")
SAM = Name(text="Sam Silent", family="Silent", given="Sam")
JO = Name(text="Jean-Luc van Dyke", family="van Dyke", given="Jean-Luc")
DESK = Name(text="The Harbour Desk", collective=True)
PAGE = PageCitation(
    key="rents",
    authors=(ADA,),
    title="Why rents rise",
    summary="Rents.",
    container="Harbour briefings",
    publisher="The Harbour Desk",
    published="2025-01-10",
    updated="2025-09-06",
    reviewed="",
    lang="en",
    address="https://example.org/rents/",
)
AT = "https://example.org/rents/"


def entry(style: CitationStyle, **changes: object) -> str:
    """Return an entry with what is italic between stars."""
    parts = cited(replace(PAGE, **changes), style)
    return "".join(f"*{part.text}*" if part.italic else part.text for part in parts)


@pytest.mark.parametrize(
    ("style", "authors", "expected"),
    [
        (
            "apa",
            (ADA, SAM, JO),
            "Writer, A. B., Silent, S., & van Dyke, J.-L. (2025, September 6). *Why rents rise*."
            f" The Harbour Desk. Harbour briefings. {AT}",
        ),
        (
            "apa",
            (DESK,),
            f"The Harbour Desk. (2025, September 6). *Why rents rise*. Harbour briefings. {AT}",
        ),
        (
            "chicago-notes-bibliography",
            (ADA, SAM),
            "Writer, Ada B., and Sam Silent. “Why rents rise.” Harbour briefings,"
            f" The Harbour Desk, September 6, 2025. {AT}.",
        ),
        (
            "chicago-notes-bibliography",
            (ADA,),
            "Writer, Ada B. “Why rents rise.” Harbour briefings, The Harbour Desk,"
            f" September 6, 2025. {AT}.",
        ),
        (
            "chicago-author-date",
            (ADA, SAM, JO),
            "Writer, Ada B., Sam Silent, and Jean-Luc van Dyke. 2025. “Why rents rise.”"
            f" Harbour briefings, The Harbour Desk, September 6. {AT}.",
        ),
        (
            "chicago-author-date",
            (ADA, SAM, JO, SAM, SAM, SAM, SAM),
            "Writer, Ada B., Sam Silent, Jean-Luc van Dyke, et al. 2025. “Why rents rise.”"
            f" Harbour briefings, The Harbour Desk, September 6. {AT}.",
        ),
        (
            "harvard-cite-them-right",
            (ADA, SAM),
            "Writer, A.B. and Silent, S. (2025) *Why rents rise*, *Harbour briefings*."
            f" The Harbour Desk. Available at: {AT}.",
        ),
        (
            "harvard-cite-them-right",
            (ADA, SAM, JO, SAM),
            "Writer, A.B. *et al.* (2025) *Why rents rise*, *Harbour briefings*."
            f" The Harbour Desk. Available at: {AT}.",
        ),
        (
            "modern-language-association",
            (ADA, SAM),
            "Writer, Ada B., and Sam Silent. “Why rents rise.” *Harbour briefings*,"
            f" The Harbour Desk, 6 Sept. 2025, {AT}.",
        ),
        (
            "modern-language-association",
            (SAM, ADA, JO),
            "Silent, Sam, et al. “Why rents rise.” *Harbour briefings*,"
            f" The Harbour Desk, 6 Sept. 2025, {AT}.",
        ),
    ],
)
def test_entries(style: CitationStyle, authors: tuple[Name, ...], expected: str) -> None:
    assert entry(style, authors=authors) == expected


@pytest.mark.parametrize(
    "style", [style for style in get_args(CitationStyle) if style != "sitegen"]
)
def test_an_entry_names_nothing_twice_and_ends_no_sentence_twice(style: CitationStyle) -> None:
    shown = entry(style, authors=(DESK,), title="Who pays?", container="The Harbour Desk")
    assert shown.count("The Harbour Desk") == 2  # as the author, and as the site
    assert "?." not in shown
    assert ".." not in shown


def test_a_japanese_page_has_its_own_dates_and_names() -> None:
    author = Name(text="山田花子")
    assert entry("modern-language-association", authors=(author,), lang="ja", title="家賃") == (
        f"山田花子. “家賃.” *Harbour briefings*, The Harbour Desk, 2025年9月6日, {AT}."
    )


def test_quotation_marks_within_a_title_are_single() -> None:
    assert "“What ‘fair’ means.”" in entry("chicago-author-date", title="What “fair” means")


def test_a_publication_chooses_its_style_and_changes_its_mind(tmp_path: Path) -> None:
    site = InlineSite(tmp_path)
    page = "explainers/rents/index.html"
    site.build()
    assert "Ada Writer. “Why rents rise.” Test briefings, 10 Jan 2025." in site.output(page)
    line = "description: A publication for tests."
    site.replace("content/site.yaml", line, f"{line}\ncitation_style: apa")
    assert site.build().published
    assert "Writer, A. (2025, January 10). <i>Why rents rise</i>. Test briefings." in site.output(
        page
    )


def test_an_unknown_style_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    site = InlineSite(tmp_path)
    line = "description: A publication for tests."
    site.replace("content/site.yaml", line, f"{line}\ncitation_style: chicago-author-dates")
    said = site.said()
    assert "site.yaml:6:" in said
    assert "'citation_style' can't be 'chicago-author-dates'" in said
    assert "chicago-author-date'" in said

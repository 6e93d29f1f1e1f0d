"""Sitemap, robots.txt, llms.txt, Markdown copies and hosting files; and what none may tell."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.pages import Explainer
from sitegen.render import sitemap
from sitegen.render.hosting import custom_domain
from sitegen.urls import parse_base_url
from tests.render.sample_site import BASE, explainer, make_site, outputs
from tests.sites import InlineSite

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(data: bytes) -> dict[str, str | None]:
    root = ET.fromstring(data)
    assert root.tag == f"{SITEMAP}urlset"
    return {url.findtext(f"{SITEMAP}loc") or "": url.findtext(f"{SITEMAP}lastmod") for url in root}


def test_every_file_of_the_contract_is_made() -> None:
    made = set(outputs(make_site()))
    assert made >= {
        "feed.xml",
        "feed.json",
        "topics/housing/feed.xml",
        "sitemap.xml",
        "robots.txt",
        "llms.txt",
        "explainers/rents/index.md",
        "explainers/rents/cite.bib",
        "explainers/rents/cite.ris",
        "explainers/rents/cite.json",
        "ja/explainers/rents/index.md",
        "api/site.json",
        "api/explainers.json",
        "api/sources.json",
        "api/graph.json",
        ".nojekyll",
    }


def test_every_file_is_utf_8_with_lf_and_a_line_feed_at_its_end() -> None:
    for name, data in outputs(make_site()).items():
        assert b"\r" not in data
        assert data.decode("utf-8").endswith("\n") or name == ".nojekyll"


def test_nothing_tells_of_drafts_and_scheduled_explainers() -> None:
    for name, data in outputs(make_site()).items():
        if not name.startswith(("explainers/secret/", "explainers/later/")):
            assert b"secret" not in data, name
            assert b"later" not in data, name


def test_their_own_files_are_there_for_those_who_preview_them() -> None:
    made = outputs(make_site())
    assert b"# Title of secret" in made["explainers/secret/index.md"]
    assert "explainers/secret/cite.bib" in made


def test_the_base_url_changes_nothing_but_addresses() -> None:
    root = outputs(make_site(base="https://one.example.org/"))
    below = outputs(make_site(base="https://two.example.org/repo/pr-7"))
    assert root.keys() == below.keys()
    for name, data in root.items():
        moved = data.replace(b"https://one.example.org/", b"https://two.example.org/repo/pr-7/")
        assert moved == below[name]


def test_sitemap_lists_what_may_be_indexed() -> None:
    found = locations(outputs(make_site())["sitemap.xml"])
    assert set(found) == {
        f"{BASE}{path}"
        for path in (
            "/",
            "/explainers/",
            "/explainers/rents/",
            "/explainers/older/",
            "/ja/explainers/rents/",
            "/topics/",
            "/topics/housing/",
            "/topics/society/",
            "/sources/",
            "/sources/report-2024/",
            "/glossary/",
            "/glossary/rent-cap/",
            "/timeline/",
            "/corrections/",
            "/authors/ada/",
            "/about/",
        )
    }


@pytest.mark.parametrize(
    ("own", "day"),
    [
        (explainer(), "2025-01-10"),
        (explainer(updated="2025-01-12T08:00:00+09:00"), "2025-01-12"),
        (explainer(updated="2025-01-12", reviewed="2025-01-14"), "2025-01-14"),
        (explainer(reviewed="2024-01-01"), "2025-01-10"),
    ],
)
def test_lastmod_is_the_latest_of_all_dates(own: Explainer, day: str) -> None:
    found = locations(outputs(make_site([own]))["sitemap.xml"])
    assert found[f"{BASE}/explainers/rents/"] == day


def test_a_correction_counts_as_a_change() -> None:
    made = outputs(make_site([each for each in make_site().explainers.values() if each.updated]))
    assert locations(made["sitemap.xml"])[f"{BASE}/explainers/rents/"] == "2025-01-20"


def test_a_large_sitemap_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(outputs(make_site())["sitemap.xml"])
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 7)
    made = outputs(make_site())
    index = ET.fromstring(made["sitemap.xml"])
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [each.findtext(f"{SITEMAP}loc") or "" for each in index]
    assert parts == [f"{BASE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    together: dict[str, str | None] = {}
    for part in parts:
        together |= locations(made[part.removeprefix(f"{BASE}/")])
    assert together == whole


def test_addresses_are_escaped_for_xml() -> None:
    site = make_site(base="https://briefs.example.org/R&D")
    found = locations(outputs(site)["sitemap.xml"])
    assert "https://briefs.example.org/R&D/explainers/rents/" in found


def test_robots_may_read_everything_and_find_the_sitemap() -> None:
    assert outputs(make_site())["robots.txt"].decode() == (
        f"User-agent: *\nAllow: /\n\nSitemap: {BASE}/sitemap.xml\n"
    )


def test_llms_txt_has_the_shape_of_its_proposal() -> None:
    lines = outputs(make_site())["llms.txt"].decode().split("\n")
    assert lines[:3] == ["# Test briefings", "", "> For tests."]
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Housing & homes", "## Optional"]
    links = [line for line in lines if line.startswith("- ")]
    assert all(re.fullmatch(r"- \[.+\]\(https://\S+\)(?:: .+)?", link) for link in links)
    assert f"- [Title of rents]({BASE}/explainers/rents/index.md): Summary of rents." in links
    japanese = f"- [家賃]({BASE}/ja/explainers/rents/index.md): 家賃の話"
    assert lines.index(japanese) > lines.index("## Optional")


def test_markdown_in_titles_stays_text_in_llms_txt() -> None:
    own = explainer(title="a](https://evil.example) <b> *c* `d` &amp;\n\n## e", summary="x\n- y")
    text = outputs(make_site([own]))["llms.txt"].decode()
    assert "- [a\\](https://evil.example) \\<b> \\*c\\* \\`d\\` \\&amp; ## e](" in text
    assert "\n## e" not in text
    assert "\n- y" not in text


def test_markdown_copy() -> None:
    assert (
        outputs(make_site())["explainers/rents/index.md"].decode()
        == f"""# Title of rents

Summary of rents.

- By: Ada Writer
- Published: 2025-01-10
- Updated: 2025-01-15
- As of: 2025-01
- Reviewed: 2025-01-20
- Address: <{BASE}/explainers/rents/>

---

The office says [rents rose][@report-2024, p. 2].

See [housing](../topics/housing.md). `<!-- shown -->`

---

## Sources

- `@report-2024`: [A report on rents](https://office.example.com/report_%28final%29). \
The Rent Office, 2024-11. Status: corrected.
"""
    )


def test_markdown_copy_keeps_what_readers_do_not_see_to_itself() -> None:
    for name, data in outputs(make_site()).items():
        for hidden in (b"hidden-alias", b"private.example", b"acknowledge"):
            assert hidden not in data, name


@pytest.mark.parametrize("start", ["1. one", "- one", "# one", "> one", "+ one", "2025) one"])
def test_a_summary_stays_a_paragraph(start: str) -> None:
    import markdown

    text = outputs(make_site([explainer(summary=start)]))["explainers/rents/index.md"].decode()
    block = text.split("\n\n")[1]
    # Python-Markdown knows no escape of a closing parenthesis after a number, nor such lists.
    assert markdown.markdown(block).replace("\\)", ")") == f"<p>{start.replace('>', '&gt;')}</p>"


@given(title=st.text(min_size=1), summary=st.text(min_size=1))
def test_any_text_leaves_exports_whole(title: str, summary: str) -> None:
    made = outputs(make_site([explainer(title=title, summary=summary)]))
    found = locations(made["sitemap.xml"])
    assert found[f"{BASE}/explainers/rents/"] == "2025-01-10"
    lines = made["llms.txt"].decode().splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# Test briefings",
        "## Housing & homes",
        "## Optional",
    ]
    copy = made["explainers/rents/index.md"].decode()
    assert copy.splitlines()[0].startswith("# ") or not title.strip()


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://briefs.org", "briefs.org"),
        ("https://www.briefs.co.jp/", "www.briefs.co.jp"),
        ("https://briefs.org/sub/", ""),
        ("https://briefs.org:8443/", ""),
        ("https://someone.github.io/", ""),
        ("http://localhost/", ""),
        ("http://127.0.0.1/", ""),
        ("http://[::1]/", ""),
        ("https://example.org/", ""),
        ("https://www.example.com/", ""),
        ("https://briefs.example/", ""),
        ("https://example.briefs.org/", "example.briefs.org"),
    ],
)
def test_cname_only_for_a_domain_of_ones_own(base: str, host: str) -> None:
    parsed = parse_base_url(base)
    assert parsed is not None
    assert custom_domain(parsed) == host
    made = outputs(make_site(base=base))
    assert made.get("CNAME") == (f"{host}\n".encode() if host else None)
    assert made[".nojekyll"] == b""


def test_files_that_settings_leave_out_are_named_nowhere(tmp_path: Path) -> None:
    site = InlineSite(tmp_path)
    yaml = site.root / "content/site.yaml"
    left_out = "api: false\ncitation_files: false\nmarkdown_copies: false\n"
    yaml.write_text(yaml.read_text("utf-8") + left_out, encoding="utf-8")
    assert site.build().published
    gone = re.compile(rb"/api/|cite\.(bib|ris|json)|index\.md|llms\.txt")
    assert not [path for path in site.tree() if gone.search(f"/{path}".encode())]
    assert not [path for path, made in site.tree().items() if gone.search(made)]


def test_llms_txt_names_no_api_where_there_is_none() -> None:
    assert b"/api/" not in outputs(make_site(api=False))["llms.txt"]

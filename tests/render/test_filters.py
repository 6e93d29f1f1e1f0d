"""Filters of installed packages, in templates of a publication whose site.yaml names them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import InlineSite

FOOTER = "templates/partials/footer.html"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that offers filters, as an installer would leave it."""
    folder = tmp_path / "packages"
    about = folder / "our_filters-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "our_filters.py").write_text(
        "raised = []\n"
        "def shout(text): return text.upper() + '<b>'\n"
        "def broken(text): raise RuntimeError('out of order')\n"
    )
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: our-filters\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(
        "[sitegen.filters]\nshout = our_filters:shout\nbroken = our_filters:broken\n"
        "upper = our_filters:shout\nabsent = our_filters:absent\nraised = our_filters:raised\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    sys.modules.pop("our_filters", None)


def chosen(site: InlineSite, *names: str) -> InlineSite:
    path = site.root / "content/site.yaml"
    lines = [line for line in path.read_text().split("\n") if not line.startswith("template_f")]
    path.write_text("\n".join([f"template_filters: [{', '.join(names)}]", *lines]))
    return site


def test_a_filter_works_once_site_yaml_names_it(site: InlineSite, installed: Path) -> None:
    site.edit(f"-- {FOOTER} --\n<footer>{{{{ page.frame.site_title|shout }}}}</footer>")
    assert "no filter named 'shout'" in site.said(jobs=1).lower()
    assert "our_filters" not in sys.modules
    assert chosen(site, "shout").build(jobs=2).published, site.said()
    assert "<footer>TEST BRIEFINGS&lt;b&gt;</footer>" in site.output("index.html")
    assert not chosen(site).build().published


def test_what_a_filter_raises_is_told_with_the_template_s_line(
    site: InlineSite, installed: Path
) -> None:
    site.edit(f"-- {FOOTER} --\n<footer>\n{{{{ page.frame.site_title|broken }}}}</footer>")
    said = chosen(site, "broken").said()
    assert f"{FOOTER}:2: error[template-failed]: out of order" in said


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("shoutt", "no installed package offers 'shoutt'"),
        ("shoutt", "help: did you mean 'shout'?"),
        ("os.system", "no installed package offers 'os.system'"),
        ("our_filters:shout", "no installed package offers"),
        ("upper", "'upper' is a filter of Jinja, which is always there"),
        ("absent", "'absent' can't be loaded"),
        ("raised", "'raised' is no function"),
    ],
)
def test_only_what_a_package_registers_is_taken(
    site: InlineSite, installed: Path, name: str, message: str
) -> None:
    said = chosen(site, name).said()
    assert "content/site.yaml:1:19: error[bad-setting]: " in said
    assert message in said

"""Assets: what they are called, what is in them, and when they are made anew."""

import re
from collections.abc import Sequence
from pathlib import Path

from sitegen.render import templates
from sitegen.render.assets import Assets
from tests.sites import InlineSite

OWN = """
-- templates/assets/site.css --
@import "parts/base.css";
/* url(gone.woff2) is a comment */
a { background: url("parts/dot.svg#x") } /* gone */
b { background: url(data:image/gif;base64,AAAA) }
-- templates/assets/parts/base.css --
:root { --edge:  calc(1px + 2px) }
b::after { content: "url(gone.png)" }
-- templates/assets/parts/dot.svg --
<svg xmlns="http://www.w3.org/2000/svg"><path id="x" d="M0 0h1v1z"/></svg>
-- templates/assets/own.js --
// import "./gone.js"
import { twice } from "./lib/twice.js";
const address = "https://example.org"; export const later = () => import("./lib/later.js");
new Worker(new URL("lib/worker.js", import.meta.url), { type: "module" });
const pagefind = new URL("../pagefind/", import.meta.url);
export const nested = (b) => twice(`x  ${b ? `in  //no ${b}` : "q"}  // y`);
-- templates/assets/lib/twice.js --
import { nested } from "../own.js";
export const twice = (text) => text + text;
export { nested };
-- templates/assets/lib/later.js --
export const late = true;
-- templates/assets/lib/worker.js --
postMessage("here");
-- templates/assets/lib/notes.txt --
Read by people.
"""


def published(site: InlineSite) -> dict[str, str]:
    """Return the assets in the output by the names they stand under in templates/assets/."""
    folder = site.root / "output/assets"
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {re.sub(r"\.[0-9a-f]{8}(?=\.)", "", path): path for path in paths}


def text(site: InlineSite, name: str) -> str:
    return (site.root / "output/assets" / published(site)[name]).read_text("utf-8")


def test_assets_are_minified_and_refer_to_one_another_by_their_published_names(
    site: InlineSite,
) -> None:
    site.edit(OWN)
    assert site.build().published, site.said()
    names = published(site)
    css, script = text(site, "site.css"), text(site, "own.js")
    assert "gone" not in css
    assert names["parts/base.css"] in css
    assert f"{names['parts/dot.svg']}#x" in css
    assert "url(data:image/gif" in css
    assert "--edge:calc(1px + 2px)" in text(site, "parts/base.css")
    assert 'content:"url(gone.png)"' in text(site, "parts/base.css")
    for module in ("twice", "later", "worker"):
        assert f'"./{names[f"lib/{module}.js"]}"' in script, script
    assert '"../pagefind/"' in script
    assert "`in  //no ${" in script
    assert f'"../{names["own.js"]}"' in text(site, "lib/twice.js")
    assert names["lib/notes.txt"] == "lib/notes.txt"
    page = site.output("index.html")
    assert f"./assets/{names['site.css']}" in page
    assert "assets/site.css" not in page


def test_a_name_changes_with_the_file_and_with_all_it_refers_to_and_with_nothing_else(
    site: InlineSite,
) -> None:
    site.edit(OWN).build()
    before = published(site)
    site.edit("-- templates/assets/lib/later.js --\nexport const late = false;\n").build()
    after = published(site)
    changed = {name for name, path in after.items() if before[name] != path}
    # twice.js and own.js import each other, so what either reaches the other reaches too.
    assert changed == {"lib/later.js", "own.js", "lib/twice.js"}
    assert {*before.values()} - {*after.values()} == {before[name] for name in changed}


def test_what_stands_is_not_minified_again(site: InlineSite) -> None:
    made: list[str] = []
    minified = templates.Templates.minified

    def counted(self: templates.Templates, names: Sequence[str]) -> object:
        made.extend(names)
        return minified(self, names)

    templates.Templates.minified = counted  # type: ignore[assignment,method-assign]
    try:
        site.edit(OWN).build()
        assert "site.css" in made
        made.clear()
        site.edit("-- templates/partials/footer.html --\n<footer>Ours</footer>\n").build()
        assert all(name.endswith(".txt") for name in made)
        made.clear()
        site.edit("-- templates/assets/lib/later.js --\nexport const late = 0;\n").build()
        scripts = {name for name in made if not name.endswith(".txt")}
        assert scripts == {"lib/later.js", "own.js", "lib/twice.js"}
    finally:
        templates.Templates.minified = minified  # type: ignore[method-assign]


def test_a_reference_that_leads_nowhere_is_an_error_with_its_place(site: InlineSite) -> None:
    site.edit("""
-- templates/assets/site.css --
a { color: red }
b { background: url(dott.svg) }
-- templates/assets/dot.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
""")
    said = site.said()
    assert "templates/assets/site.css:2:21" in said
    assert "there is no asset 'dott.svg'" in said
    assert "did you mean 'dot.svg'?" in said


def test_a_script_that_a_browser_could_not_read_stops_the_build(site: InlineSite) -> None:
    site.build()
    before = site.output("index.html")
    said = site.edit("-- templates/assets/own.js --\nconst a =\n  ;\n").said()
    assert "templates/assets/own.js:2:3" in said
    assert "unexpected ; in expression" in said
    assert site.output("index.html") == before


def test_minified_files_and_files_that_are_no_text_keep_their_bytes() -> None:
    files = {"a.min.js": b"let  a", "b.css": b"\xff", "c.woff2": b"\x00"}
    assets = Assets(files, "any")
    assert {name: assets.content(name) for name in files} == files
    assert re.fullmatch(r"a\.min\.[0-9a-f]{8}\.js", assets.names["a.min.js"])


def test_the_same_files_have_the_same_names_in_any_order() -> None:
    folder = Path(__file__).parent.parent.parent / "templates/assets"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    names = Assets(files, "1").names
    assert Assets(dict(reversed(files.items())), "1").names == names
    assert Assets(files, "2").names["site.css"] != names["site.css"]

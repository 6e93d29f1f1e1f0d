"""Every page of the shipped publication is valid HTML, as html-validate reads the standard.

Two of its rules are set aside (`htmlvalidate.json`): ids may be any text without spaces, as the
standard has it; and how long a title is is for its writer to say.
"""

import json
from pathlib import Path

from tests.html.node import HERE, package, run


def test_every_page_is_valid(shipped: Path) -> None:
    script = package("html-validate") / "bin/html-validate.mjs"
    output = shipped / "output"
    pages = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    assert len(pages) > 90
    config = str(HERE / "htmlvalidate.json")
    done = run(script, "--config", config, "--formatter", "json", *pages, folder=output)
    found = json.loads(done.stdout)
    said = [
        f"{each['filePath']}:{message['line']}:{message['column']}: {message['message']}"
        for each in found
        for message in each["messages"]
    ]
    assert not said, "\n".join(said[:20])
    assert done.returncode == 0, done.stderr

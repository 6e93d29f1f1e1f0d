"""python -m tools.docs_site FOLDER: makes the publication there, and builds it into its output/."""

import shutil
import sys
from pathlib import Path

from sitegen.cli.main import main
from tools.docs_site.publication import docs_site

folder = Path(sys.argv[1])
for name in ("content", "templates"):
    shutil.rmtree(folder / name, ignore_errors=True)
site = docs_site()
for path, text in site.files.items():
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")
for line in site.left:
    print(f"left: {line}", file=sys.stderr)
main(["build", "--strict", "--root", str(folder)])

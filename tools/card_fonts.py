"""Fetches the fonts of social cards from npm into sitegen/render/card_fonts/: `make card-fonts`.

Two files are taken as they are. Of Noto Serif JP, 7.7 MB, only JIS X 0208's kana, signs and first
level of kanji are kept, 3,489 characters in 1.3 MB, under a file name that says so; its licence
reserves no font name.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parent.parent / "sitegen/render/card_fonts"
WHOLE = (
    (
        "source-serif-4",
        "0.4.1",
        "600SemiBold/SourceSerif4_600SemiBold.ttf",
        "SourceSerif4-SemiBold",
    ),
    ("public-sans", "0.4.2", "600SemiBold/PublicSans_600SemiBold.ttf", "PublicSans-SemiBold"),
)
JAPANESE = ("noto-serif-jp", "0.4.3", "600SemiBold/NotoSerifJP_600SemiBold.ttf")


def package(name: str, version: str) -> tarfile.TarFile:
    """Return the files of a package of fonts."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"@expo-google-fonts/{name}@{version}"]
        made = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        return tarfile.open(fileobj=io.BytesIO((Path(folder) / made.stdout.strip()).read_bytes()))


def read(files: tarfile.TarFile, name: str) -> bytes:
    found = files.extractfile(f"package/{name}")
    assert found is not None
    return found.read()


def characters() -> Iterator[str]:
    """Yield the signs, kana and level 1 kanji of JIS X 0208: its rows 1 to 8 and 16 to 47."""
    for row in (*range(1, 9), *range(16, 48)):
        for cell in range(1, 95):
            try:
                yield bytes((0xA0 + row, 0xA0 + cell)).decode("euc_jp")
            except UnicodeDecodeError:
                continue


def kept(font: bytes) -> bytes:
    """Return a font with no more than those characters, and no layout tables."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    loaded = subset.load_font(io.BytesIO(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters()))
    subsetter.subset(loaded)
    out = io.BytesIO()
    subset.save_font(loaded, out, options)
    return out.getvalue()


def main() -> int:
    FONTS.mkdir(exist_ok=True)
    for name, version, file, own in WHOLE:
        files = package(name, version)
        (FONTS / f"{own}.ttf").write_bytes(read(files, file))
        (FONTS / f"LICENSE-{name}.txt").write_bytes(read(files, "LICENSE_FONT"))
    name, version, file = JAPANESE
    files = package(name, version)
    (FONTS / "NotoSerifJP-SemiBold-subset.ttf").write_bytes(kept(read(files, file)))
    (FONTS / f"LICENSE-{name}.txt").write_bytes(read(files, "LICENSE_FONT"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A publication as Zensical has it: MkDocs' files; it writes no feed."""

from pathlib import Path

from bench.idioms.idiom import Bin, Idiom
from bench.idioms.mkdocs import explainer_file, source_file, topic_file, whole_files


def _build(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    return ((str(bin_folder / "zensical"), "build"),)


def _serve(bin_folder: Bin, project: Path, port: int) -> tuple[str, ...]:
    return (str(bin_folder / "zensical"), "serve", "--dev-addr", f"127.0.0.1:{port}")


IDIOM = Idiom(
    name="zensical",
    skeleton="zensical",
    python_packages=("zensical",),
    explainer=explainer_file,
    topic=topic_file,
    source=source_file,
    whole=whole_files,
    template="overrides/main.html",
    output="site",
    caches=(".cache",),
    build=_build,
    serve=_serve,
    feed="",
)

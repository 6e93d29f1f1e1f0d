"""What the commands of `sitegen source` share: settings, and articles from wherever they are."""

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.reporting import show_diagnostics

if TYPE_CHECKING:
    from sitegen.model.settings import SiteYaml
    from sitegen.sources.article import Article

_MAX_FILE_BYTES = 5 * 1024 * 1024


def publication_settings(root: Path) -> "SiteYaml":
    """Return the publication's settings, or end with what is wrong with them."""
    from sitegen.diagnostics import has_errors
    from sitegen.load.settings import PATH, load_settings

    file = root / PATH
    yaml, found = load_settings(file.read_bytes() if file.is_file() else None)
    if yaml is None or has_errors(found):
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    return yaml


def source_file(root: Path, name: str) -> tuple[str, str]:
    """Return where a source's record is, in whatever sub-folder, and its text."""
    from sitegen.diagnostics import did_you_mean
    from sitegen.sources import store

    files = {path.stem: path for path in sorted((root / "content" / "sources").rglob("*.md"))}
    if name not in files:
        hint = did_you_mean(name, files)
        raise click.UsageError(f"no source '{name}'" + (f"; {hint}" if hint else ""))
    path = files[name].relative_to(root).as_posix()
    return path, store.read(root, path) or ""


def read_target(target: str, url: str) -> "Article":
    """Return the article at an address, in a file, or on standard input (`-`).

    Raises SitegenError where it can't be had.
    """
    import msgspec

    if "://" in target:
        return fetched_article(target)
    if target == "-":
        data = sys.stdin.buffer.read(_MAX_FILE_BYTES + 1)
    else:
        path = Path(target)
        if not path.is_file():
            raise click.UsageError(f"there is no file '{target}'; an address begins with https://")
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES + 1)
    if len(data) > _MAX_FILE_BYTES:
        raise click.UsageError(f"'{target}' is larger than {_MAX_FILE_BYTES // 1024 // 1024} MB")
    if _is_no_text(data):
        raise click.UsageError(
            f"'{target}' is neither a text nor a web page; copy its text into a plain-text file"
        )
    article = _article(data, "", url, html=_looks_like_html(data))
    return msgspec.structs.replace(article, url=url) if url else article


def fetched_article(address: str) -> "Article":
    """Return the article at an address. Raises SitegenError where it can't be had."""
    import msgspec

    from sitegen.sources.fetch import fetch, server_for_tests
    from sitegen.sources.guard import Refused

    answer = fetch(address, allowed=server_for_tests())
    if answer.status != 200:
        raise Refused(f"{address}: the server answered {answer.status}")
    html = answer.content_type != "text/plain"
    article = _article(answer.data, answer.charset, answer.url, html=html)
    return article if article.url else msgspec.structs.replace(article, url=answer.url)


def _article(data: bytes, charset: str, address: str, *, html: bool) -> "Article":
    if html:
        from sitegen.sources.web_article import read_page

        return read_page(data, charset, address)
    from sitegen.sources.text_article import read_text

    return read_text(_text(data, charset))


def _text(data: bytes, charset: str) -> str:
    """Return text: UTF-8, else as its server says, else as Japanese and Western files often are."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", charset or "utf-8", "cp932", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _is_no_text(data: bytes) -> bool:
    """Return whether a file is a PDF, a picture or the like: hardly any of them lacks a NUL."""
    return data.startswith(b"%PDF-") or (b"\0" in data and not data.startswith(_UTF_16))


def _looks_like_html(data: bytes) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<!--"))

"""Compiles templates in one process for another of the same build, and imports little for it."""

from contextlib import suppress
from pathlib import Path

import jinja2

from sitegen.render.template_code import KEPT_CODE, TemplateEnvironment
from sitegen.render.template_files import TemplateFiles, template_folders


def compiled_templates(own: Path, names: tuple[str, ...] = ()) -> bytes:
    """Return the code of a publication's templates and all that they include, for `take_compiled`.

    Without names it is that of all. A template that can't be compiled is left out: what is wrong
    with it shows when it is rendered.
    """
    files = TemplateFiles(template_folders(own))
    environment = TemplateEnvironment()
    done: set[str] = set()
    waiting = [*(names or files.names())]
    while waiting:
        name = waiting.pop()
        if name not in done:
            done.add(name)
            with suppress(jinja2.TemplateError, UnicodeDecodeError):
                source, path = files.source(name)
                waiting += environment.keep_code(name, source, str(path))
    return KEPT_CODE.dumped()


def take_compiled(code: bytes) -> None:
    """Use what `compiled_templates` returned in a process that was forked from this one."""
    KEPT_CODE.take(code)

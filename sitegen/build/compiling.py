"""What is begun on another core while this process reads what the last build left."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sitegen.build.options import BuildOptions
from sitegen.build.unchanged import LastBuild
from sitegen.engine.aside import aside
from sitegen.engine.pool import cores, may_fork


@contextmanager
def compiling(
    options: BuildOptions, inputs: Mapping[str, tuple[int, ...]], last: LastBuild | None
) -> Iterator[Callable[[], None]]:
    """Begin to compile templates for a build that follows `last`; give what brings their code.

    `inputs` are the stamps that its inputs have now. Converting the files that changed in a third
    process was tried and made an edit slower: two cores have enough to do.
    """
    if cores() == 1 or not may_fork():
        yield lambda: None
        return
    known = last.inputs if last is not None else {}
    changed = [path for path, stamp in inputs.items() if known.get(path) != stamp]
    names = _templates_for(changed, options.root)

    def compile_them() -> bytes:
        from sitegen.render.template_compiler import compiled_templates

        return compiled_templates(options.root / "templates", names)

    with aside(compile_them, fork=True) as compiled:

        def take() -> None:
            from sitegen.render.template_compiler import take_compiled

            take_compiled(compiled())

        yield take


def _templates_for(changed: list[str], root: Path) -> tuple[str, ...]:
    """Return the template that what has changed shows by; none for all."""
    from sitegen.model.front_matter import FOLDERS

    explainers = str(root / "content" / FOLDERS["explainer"])
    return ("explainer.html",) if all(path.startswith(explainers) for path in changed) else ()

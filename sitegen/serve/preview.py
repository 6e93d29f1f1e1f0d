"""What the browser may see at this moment: kept on the server's event loop, read by handlers."""

import asyncio
import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path

from sitegen.serve.outcome import Failure, Outcome


class Preview:
    """The state of the last build; used in the thread of the event loop only."""

    def __init__(self, output: Path, port: int) -> None:
        """Take the folder to serve and the port that addresses must name."""
        self.output = output
        self.port = port
        self.base_path: str | None = None
        """None until a build has told it."""
        self.failure: Failure | None = None
        self.builds = 0
        self._early: Mapping[str, bytes] = {}
        # Pages left open since an earlier run of the server must not look current.
        self._run = secrets.token_hex(4)
        self._shown = 0
        self._settled = asyncio.Event()

    @property
    def version(self) -> str:
        """What pages are made from: it differs after each build that changes what is shown."""
        return self._version(self._shown)

    def early_page(self, output_path: str) -> bytes | None:
        """Return a page that the running build has made already, if it is one."""
        return self._early.get(output_path)

    @property
    def early_version(self) -> str:
        """What early pages are made from: the version to come."""
        return self._version(self._shown + 1)

    def _version(self, number: int) -> str:
        return f"{self._run}-{number}"

    def early(self, pages: Mapping[str, bytes]) -> None:
        """Show these pages, by output path, before the build that made them is finished."""
        self._early = dict(pages) if self.base_path is not None and self.failure is None else {}

    @property
    def has_output(self) -> bool:
        """Whether there is a good build to show, be it from an earlier run."""
        return self.base_path is not None and (self.output / "index.html").is_file()

    def publishing(self) -> None:
        """Make requests wait until the build is finished."""
        self._settled.clear()

    def build_finished(self, outcome: Outcome) -> bool:
        """Take over an outcome, let requests go on, and return whether open pages are stale."""
        before = (self.base_path, self.failure)
        # A failed build knows the base path only if it could read site.yaml.
        if outcome.failure is None or self.base_path is None or outcome.base_path:
            self.base_path = outcome.base_path
        self.failure = outcome.failure
        was_early, self._early = bool(self._early), {}
        self.builds += 1
        stale = outcome.changed or self.builds == 1 or before != (self.base_path, self.failure)
        if stale:
            # What was shown early and then failed is neither the old version nor the new one.
            self._shown += 2 if was_early and self.failure else 1
        self._settled.set()
        return stale

    async def settled(self, seconds: float) -> None:
        """Return when the output stands still, so that a response shows one published state.

        That is after the first build, and while none publishes. Returns after so many seconds all
        the same, to keep a build that hangs from hiding the site.
        """
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), seconds)

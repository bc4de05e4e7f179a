"""Keeps the processes of processing running beside the receivers, so that the work is spread over cores."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence

from yui.security.soc.processing.reporting import read_report
from yui.security.soc.receivers.counters import Counters

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS = 0.5, 30.0, 60.0
STOP_SECONDS = 60.0


class ProcessingKeeper:
    """Starts a command, reads its reports, and starts it again when it ends.

    The command's standard input is held open and never written: when this process ends, however it ends,
    the other one sees the end of it and stops.
    """

    def __init__(self, part: str, command: Sequence[str], counters: Counters) -> None:
        self._part, self._command, self._counters = part, command, counters
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self._keeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Let the process store and commit what it has begun; what is still in the queue stays there."""
        self._stopping = True
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        if self._keeping is None:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._keeping), STOP_SECONDS)
        if not self._keeping.done():
            log.error("%s did not end in %.0f s and is killed; nothing is lost", self._part, STOP_SECONDS)
            if self._process is not None:
                self._process.kill()
            self._keeping.cancel()

    async def _keep(self) -> None:
        pause = FIRST_PAUSE
        loop = asyncio.get_running_loop()
        while not self._stopping:
            begun = loop.time()
            status = await self._once()
            if self._stopping:
                return
            pause = FIRST_PAUSE if loop.time() - begun > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            self._counters.restarts.labels(self._part).inc()
            log.error("%s ended with status %s and is begun again in %.1f s", self._part, status, pause)
            await asyncio.sleep(pause)

    async def _once(self) -> int:
        """Run the command to its end; return its status."""
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe)
        if self._process.stdout is not None:
            async for line in self._process.stdout:
                self._count(line)
        return await self._process.wait()

    def _count(self, line: bytes) -> None:
        """Add what a line reports. Whatever stands in it, the other process is kept."""
        try:
            self._counters.add_processed(read_report(line))
        except (ValueError, TypeError):
            log.exception("a report of %s cannot be read: %r", self._part, line[:200])

"""The same fit on a Dask cluster: each worker reads its parts and sends back small sums.

The data sets have to lie under the same path for every worker and for the one who asks, and be the same: a
worker checks both, and its code, before it counts. A worker that dies costs its parts: the scheduler has
others read them again and goes on. Sums are added in the order of the parts, so the numbers are those of one
machine.
"""

from __future__ import annotations

import re
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masseter.registry.code import code_hash
from masseter.registry.courses import Part, read_part
from masseter.registry.dataset import read_manifest
from masseter.registry.fitting import Task
from masseter.registry.problems import CannotTake, lost, whole
from masseter.registry.sources import Sources, digest_of
from masseter.response.courses import Courses
from masseter.response.layout import Array
from masseter.response.likelihood import Here, Sums, added
from masseter.response.parameters import Parameters
from masseter.response.people import people

if TYPE_CHECKING:
    from distributed import Client, Future

WAIT_SECONDS = 30  # for a scheduler that answers
WORKER_SECONDS = 300  # for a first worker: a cluster may have to fetch its image
ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:]+\]|[^\s/:]+):\d+")


class Unfit(RuntimeError):
    """A worker has other code or other data: its numbers would not be ours."""


class Cluster:
    """Patients in the memory of a cluster's workers, reached by the address of its scheduler.

    Raises CannotTake where Dask is not installed, the address is none, or a worker has other code or data;
    Lost where no scheduler or no worker answers.
    """

    def __init__(self, address: str, task: Task, look: Callable[[], None] = lambda: None) -> None:
        self._task = task
        self._client = _client(address)
        try:
            self._parts = [
                self._client.submit(_read, task.sources, part, task.products, code_hash(), pure=False)
                for part in task.parts
            ]
            for future in self._parts:
                _result(future)
                look()
        except BaseException:
            self.close()
            raise

    @property
    def patients(self) -> int:
        """How many."""
        return self._task.sources.patients

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what is known about each."""
        return ("one", *self._task.products)

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        """The sums over so many patients, from the first."""
        futures = []
        for part, future in zip(self._task.parts, self._parts, strict=True):
            if patients <= 0:
                break
            some = min(patients, part.patients)
            futures.append(
                self._client.submit(_sums, future, some, parameters, single, code_hash(), pure=False)
            )
            patients -= some
        return added([_result(future) for future in futures])

    def people(self, parameters: Parameters) -> Iterator[Array]:
        """Part by part, a line for each patient."""
        submit, code = self._client.submit, code_hash()
        for future in [submit(_people, part, parameters, code, pure=False) for part in self._parts]:
            yield _result(future)

    def close(self) -> None:
        """Let the parts go and leave the cluster as it was."""
        self._parts = []
        self._client.close()  # type: ignore[no-untyped-call]  # Dask's own


def _client(address: str) -> Client:
    """A client of a scheduler that has at least one worker."""
    if not ADDRESS.fullmatch(address):
        raise whole(f"'{address}' is no address of a scheduler like tcp://host:8786")
    try:
        from distributed import Client
    except ImportError:
        raise whole("Dask is not installed: pip install 'masseter[cluster]'") from None
    try:
        client = Client(address, timeout=WAIT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise lost(f"no scheduler answers at {address}: {error}") from None
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except OSError:
        client.close()  # type: ignore[no-untyped-call]  # Dask's own
        raise lost(
            f"the scheduler at {address} had no worker for {WORKER_SECONDS} seconds: start one with "
            f"'dask worker {address}'"
        ) from None
    return client


def _result(future: Future[Any]) -> Any:  # Any: whatever the task gives
    """What a task gave. Raises CannotTake where it failed, with the reason, Lost where trying again helps."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    try:
        return future.result()
    except Unfit as error:
        raise whole(str(error)) from None
    except KilledWorker:
        raise whole("every worker that tried a part of the data died: has it enough memory?") from None
    except ImportError as error:
        raise whole(f"a worker or the scheduler lacks a part of Masseter: {error}") from None
    except (FutureCancelledError, CancelledError, CommClosedError, OSError):
        raise lost("the scheduler was lost") from None


def _here() -> str:
    """On a worker: its address."""
    from distributed import get_worker

    return str(get_worker().address)


def _check_code(code: str) -> None:
    if code_hash() != code:
        raise Unfit(
            f"the worker at {_here()} runs code {code_hash()}, this is {code}: install the same version "
            "everywhere"
        )


@cache
def _check_data(folder: Path, digest: str) -> None:
    """Once in each worker: the data set is there, whole, and the one that was asked for."""
    try:
        found = read_manifest(folder)
    except CannotTake as error:
        raise Unfit(f"the worker at {_here()} does not find the data set {folder}: {error}") from None
    if digest_of([found]) != digest:
        raise Unfit(f"the worker at {_here()} has other data under {folder}")


def _read(sources: Sources, part: Part, products: tuple[str, ...], code: str) -> Courses:
    """On a worker: the columns of a part."""
    _check_code(code)
    for folder, manifest in zip(sources.folders, sources.manifests, strict=True):
        _check_data(folder, digest_of([manifest]))
    try:
        return read_part(sources, part, products)
    except CannotTake as error:
        raise Unfit(f"the worker at {_here()} cannot read its part: {error}") from None


def _sums(part: Courses, patients: int, parameters: Parameters, single: bool, code: str) -> Sums:
    """On a worker: the sums over a part's first patients. It may have the part from another that read it."""
    _check_code(code)
    return Here(parts=(part,)).sums(patients, parameters, single=single)


def _people(part: Courses, parameters: Parameters, code: str) -> Array:
    """On a worker: a line for each patient of a part."""
    _check_code(code)
    return people(part, parameters)

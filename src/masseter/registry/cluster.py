"""The same fit on a Dask cluster: each worker reads its parts and sends back small sums.

The data sets have to lie under the same path for every worker and for the one who asks. A worker that dies
costs its parts: the scheduler has others read them again and goes on. Sums are added in the order of the
parts, so the numbers are those of one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from masseter.registry.code import code_hash
from masseter.registry.courses import Part, read_part
from masseter.registry.fitting import Task
from masseter.registry.problems import whole
from masseter.registry.sources import Sources
from masseter.response.courses import Courses
from masseter.response.layout import Array
from masseter.response.likelihood import Here, Sums, added
from masseter.response.parameters import Parameters
from masseter.response.people import people

if TYPE_CHECKING:
    from distributed import Client, Future

WAIT_SECONDS = 30


class OtherCode(RuntimeError):
    """A worker runs another version of Masseter: its numbers would not be ours."""


class Cluster:
    """Patients in the memory of a cluster's workers, reached by the address of its scheduler.

    Raises CannotTake where Dask is not installed or no scheduler answers.
    """

    def __init__(self, address: str, task: Task, look: Callable[[], None] = lambda: None) -> None:
        self._task = task
        self._client = _client(address)
        self._parts = [
            self._client.submit(_read, task.sources, part, task.products, code_hash(), pure=False)
            for part in task.parts
        ]
        for future in self._parts:
            _result(future)
            look()

    @property
    def patients(self) -> int:
        """How many."""
        return self._task.sources.patients

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what is known about each."""
        return ("one", *self._task.products)

    def sums(self, patients: int, parameters: Parameters) -> Sums:
        """The sums over so many patients, from the first."""
        futures = []
        for part, future in zip(self._task.parts, self._parts, strict=True):
            if patients <= 0:
                break
            some = min(patients, part.patients)
            futures.append(self._client.submit(_sums, future, some, parameters, pure=False))
            patients -= some
        return added([_result(future) for future in futures])

    def people(self, parameters: Parameters) -> Iterator[Array]:
        """Part by part, a line for each patient."""
        for future in [self._client.submit(people, part, parameters, pure=False) for part in self._parts]:
            yield _result(future)

    def close(self) -> None:
        """Let the parts go and leave the cluster as it was."""
        self._parts = []
        self._client.close()  # type: ignore[no-untyped-call]  # Dask's own


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise whole("Dask is not installed: pip install 'masseter[cluster]'") from None
    try:
        return Client(address, timeout=WAIT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise whole(f"no scheduler answers at {address}: {error}") from None


def _result(future: Future[Any]) -> Any:  # Any: whatever the task gives
    """What a task gave. Raises CannotTake where it failed, with the reason."""
    from distributed import KilledWorker

    try:
        return future.result()
    except OtherCode as error:
        raise whole(str(error)) from None
    except KilledWorker:
        raise whole("every worker that tried a part of the data died: has it enough memory?") from None


def _read(sources: Sources, part: Part, products: tuple[str, ...], code: str) -> Courses:
    """On a worker: the columns of a part."""
    if code_hash() != code:
        raise OtherCode(
            f"a worker runs code {code_hash()}, this is {code}: install the same version everywhere"
        )
    return read_part(sources, part, products)


def _sums(part: Courses, patients: int, parameters: Parameters) -> Sums:
    """On a worker: the sums over a part's first patients."""
    return Here(parts=(part,)).sums(patients, parameters)

"""The best: a heap of the K best so far, its root the worst that is kept; of equal scores the lower id is better."""

import numpy as np
import numpy.typing as npt

from evenhand.matching.engine.compiled import compiled

Scores = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


@compiled
def is_better(score: float, id_: int, than: float, than_id: int) -> bool:
    """Whether a score comes before another."""
    return score > than or (score == than and id_ < than_id)


@compiled
def swap(scores: Scores, ids: Ids, one: int, other: int) -> None:
    """Exchange two places."""
    score, id_ = scores[one], ids[one]
    scores[one], ids[one] = scores[other], ids[other]
    scores[other], ids[other] = score, id_


@compiled
def rise(scores: Scores, ids: Ids, place: int) -> None:
    """Let what is worse than its parent rise towards the root."""
    while place > 0:
        parent = (place - 1) // 2
        if not is_better(scores[parent], ids[parent], scores[place], ids[place]):
            return
        swap(scores, ids, parent, place)
        place = parent


@compiled
def sink(scores: Scores, ids: Ids, count: int) -> None:
    """Let the root sink below all that are worse."""
    place = 0
    while 2 * place + 1 < count:
        child = 2 * place + 1
        if child + 1 < count and is_better(scores[child], ids[child], scores[child + 1], ids[child + 1]):
            child += 1
        if not is_better(scores[place], ids[place], scores[child], ids[child]):
            return
        swap(scores, ids, place, child)
        place = child


@compiled
def keep(scores: Scores, ids: Ids, count: int, score: float, id_: int) -> int:
    """Keep a score if it is among the best; how many are kept now."""
    if count < len(scores):
        scores[count], ids[count] = score, id_
        rise(scores, ids, count)
        return count + 1
    if count and is_better(score, id_, scores[0], ids[0]):
        scores[0], ids[0] = score, id_
        sink(scores, ids, count)
    return count


@compiled
def put_in_order(scores: Scores, ids: Ids, count: int) -> None:
    """Turn the heap into a list, the best first: the worst sinks to the end, then the next, and so on."""
    for last in range(count - 1, 0, -1):
        swap(scores, ids, 0, last)
        sink(scores, ids, last)

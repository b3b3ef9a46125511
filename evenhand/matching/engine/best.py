"""The best: a heap of the K best so far, its root the worst that is kept; of equal scores the lower id is better."""

import numpy as np
import numpy.typing as npt

from evenhand.matching.engine.compiled import compiled

Scores = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


@compiled
def keep(scores: Scores, ids: Ids, count: int, score: float, id_: int) -> int:
    """Keep a score if it is among the best; how many are kept now."""
    if count < len(scores):
        rise(scores, ids, count, score, id_)
        return count + 1
    if count > 0 and (score > scores[0] or (score == scores[0] and id_ < ids[0])):
        sink(scores, ids, count, score, id_)
    return count


@compiled
def rise(scores: Scores, ids: Ids, place: int, score: float, id_: int) -> None:
    """Put a score in at a place at the bottom, and let it rise above all parents that are better."""
    while place > 0:
        parent = (place - 1) // 2
        if scores[parent] < score or (scores[parent] == score and ids[parent] > id_):
            break
        scores[place], ids[place] = scores[parent], ids[parent]
        place = parent
    scores[place], ids[place] = score, id_


@compiled
def sink(scores: Scores, ids: Ids, count: int, score: float, id_: int) -> None:
    """Put a score in at the root, in the place of what stands there, and let it sink below all that are worse."""
    place, child = 0, 1
    while child < count:
        other = child + 1
        if other < count and (
            scores[other] < scores[child] or (scores[other] == scores[child] and ids[other] > ids[child])
        ):
            child = other
        if score < scores[child] or (score == scores[child] and id_ > ids[child]):
            break
        scores[place], ids[place] = scores[child], ids[child]
        place, child = child, 2 * child + 1
    scores[place], ids[place] = score, id_


@compiled
def put_in_order(scores: Scores, ids: Ids, count: int) -> None:
    """Turn the heap into a list, the best first: the worst goes to the end, then the next, and so on."""
    for last in range(count - 1, 0, -1):
        score, id_ = scores[last], ids[last]
        scores[last], ids[last] = scores[0], ids[0]
        sink(scores, ids, last, score, id_)

"""A second opinion on the group from character sequences alone, for words the taxonomy does not hold.

Logistic regression over hashed sequences of three to five letters, trained by ``bot.matching.build`` on
phrases made from the taxonomy; shipped as one signed byte for each of 2^15 buckets and four groups.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import exp
from pathlib import Path
from zlib import crc32

BUCKETS = 1 << 15
GROUPS = 4
SCALE = 32.0  # a weight of 1.0 is stored as 32
FILE = Path(__file__).parent / "ngrams.bin"


def opinion(words: Sequence[str]) -> tuple[float, ...]:
    """The probability of each group (1 to 4) for folded words; equal when nothing is known."""
    weights = _weights()
    sums = [0.0] * GROUPS
    count = 0
    for bucket in buckets(words):
        count += 1
        for group in range(GROUPS):
            sums[group] += weights[bucket * GROUPS + group]
    divisor = SCALE * max(count, 1) ** 0.5
    return softmax([total / divisor for total in sums])


def buckets(words: Iterable[str]) -> Iterator[int]:
    """The bucket of every letter sequence in the words."""
    for word in words:
        marked = f"<{word}>"
        for size in (3, 4, 5):
            for start in range(len(marked) - size + 1):
                yield crc32(marked[start : start + size].encode()) & (BUCKETS - 1)


def softmax(logits: Sequence[float]) -> tuple[float, ...]:
    """Logits as probabilities."""
    top = max(logits)
    raised = [exp(logit - top) for logit in logits]
    total = sum(raised)
    return tuple(value / total for value in raised)


@cache
def _weights() -> "array[int]":
    weights: array[int] = array("b")
    weights.frombytes(FILE.read_bytes())
    return weights

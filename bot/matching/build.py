"""``python -m bot.matching.build``: train the letter model on the taxonomy and write ``ngrams.bin``.

Takes about half a minute; the same taxonomy gives the same bytes.
"""

from array import array
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bot.matching.lexicon import parse_term
from bot.matching.ngrams import BUCKETS, FILE, GROUPS, SCALE, buckets, softmax
from bot.matching.taxonomy import FOLDER, load

ROUNDS = 6
COPIES = 3  # phrases made from each term
RATE = 0.35
DECAY = 1e-5
ENDINGS = {
    "uk": ("", "а", "у", "и", "ів", "ами", "ий", "ого", "ння", "ові"),
    "ru": ("", "а", "у", "ы", "ов", "ами", "ый", "ого"),
    "pl": ("", "a", "y", "ow", "ami", "ie", "ego", "owy", "em"),
    "en": ("", "s"),
}


def build(folder: Path = FOLDER, target: Path = FILE) -> int:
    """Train on a folder's taxonomy, write the weights, return the number of phrases."""
    random = Random(7)  # noqa: S311 - the same bytes every time matter here, not secrecy
    samples = [([*buckets(words)], group - 1) for words, group in phrases(folder, random)]
    weights = [0.0] * (BUCKETS * GROUPS)
    for turn in range(ROUNDS):
        random.shuffle(samples)
        rate = RATE / (1 + turn)
        for features, group in samples:
            _learn(weights, features, group, rate)
    stored = array("b", (max(-127, min(127, round(weight * SCALE))) for weight in weights))
    target.write_bytes(stored.tobytes())
    return len(samples)


def phrases(folder: Path, random: Random) -> Iterator[tuple[list[str], int]]:
    """Each term some times over with endings, alone or beside another term of its sub-topic."""
    stated = load(folder)
    by_subtopic: dict[str, list[list[str]]] = {}
    for concept in stated.concepts.values():
        group = stated.subtopics[concept.subtopic]
        known = by_subtopic.setdefault(concept.subtopic, [])
        for language, terms in concept.terms.items():
            for term in terms:
                if term.startswith("^"):
                    continue
                for _ in range(COPIES):
                    words = [
                        stem + (random.choice(ENDINGS[language]) if follows else "")
                        for stem, follows in parse_term(term)
                    ]
                    known.append(words)
                    yield words, group
                    if random.random() < 0.5:
                        yield words + random.choice(known), group


def _learn(weights: list[float], features: list[int], group: int, rate: float) -> None:
    """One step of logistic regression with features of equal length 1/sqrt(count)."""
    if not features:
        return
    size = len(features) ** -0.5
    guess = softmax([sum(weights[bucket * GROUPS + g] for bucket in features) * size for g in range(GROUPS)])
    for g in range(GROUPS):
        step = rate * size * ((g == group) - guess[g])
        for bucket in features:
            at = bucket * GROUPS + g
            weights[at] += step - DECAY * weights[at]


if __name__ == "__main__":
    print(build(), "phrases")  # noqa: T201 - a command's answer

"""The same figures by plain loops, slowly: what the engine is compared with."""

from itertools import permutations, product
from random import Random


def values(scores, weights):
    return [sum(s * w for s, w in zip(row, weights, strict=True)) for row in scores]


def ranking(scores, weights):
    worth = values(scores, weights)
    return tuple(sorted(range(len(scores)), key=lambda option: (-worth[option], option)))


def random_weights(random: Random, criteria: int):
    drawn = [random.expovariate(1.0) for _ in range(criteria)]
    return [each / sum(drawn) for each in drawn]


def shares_by_drawing(scores, draws: int, seed: int = 1):
    """How often each ranking comes out under random weights."""
    random, found = Random(seed), dict.fromkeys(permutations(range(len(scores))), 0)
    for _ in range(draws):
        found[ranking(scores, random_weights(random, len(scores[0])))] += 1
    return {order: count / draws for order, count in found.items()}


def grid(criteria: int, steps: int):
    """Every weighting whose weights are multiples of 1 / steps."""
    for parts in product(range(steps + 1), repeat=criteria - 1):
        if sum(parts) <= steps:
            yield [*(part / steps for part in parts), (steps - sum(parts)) / steps]


def moved(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2


def concordance(rankings):
    """Kendall's W from its definition without ties: the spread of rank sums over the greatest possible."""
    judges, options = len(rankings), len(rankings[0])
    sums = [sum(row[option] for row in rankings) for option in range(options)]
    mean = sum(sums) / options
    spread = sum((each - mean) ** 2 for each in sums)
    return 12 * spread / (judges**2 * (options**3 - options))

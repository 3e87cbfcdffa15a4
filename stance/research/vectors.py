"""Learning word vectors: positive pointwise mutual information, factorised (Levy, Goldberg and Dagan 2015).

A short window keeps words apart by what they do in a sentence, so that "slammed" stands beside "blasted".
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from stance.classify.vectors import SCALE, WordVectors
from stance.errors import DataError
from stance.language.words import tokenize

WINDOW = 4
CONTEXTS = 3_000  # the commonest words serve as contexts
MIN_COUNT = 8
MAX_WORDS = 25_000
SMOOTHING = 0.75


def learn_vectors(texts: Iterable[str], dimensions: int) -> WordVectors:
    """Learn vectors of a few dimensions for the words that occur often enough.

    Args:
        texts: Unlabelled texts.
        dimensions: Numbers in a vector.

    Returns:
        Vectors of length 1, in eight bits a number.

    Raises:
        DataError: There is too little text.
    """
    documents = [tokenize(text).lower for text in texts]
    counts = Counter(word for document in documents for word in document)
    words = [word for word, count in counts.most_common(MAX_WORDS) if count >= MIN_COUNT]
    if len(words) <= 2 * dimensions:
        raise DataError("too little text to learn word vectors from; give more, or leave --text out")
    association = _association(documents, words)
    # The start vector is fixed, since it decides the signs.
    left, sizes, _ = svds(association, k=dimensions, v0=np.ones(min(association.shape)))
    vectors = left[:, ::-1] * np.sqrt(sizes[::-1])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-12
    values = array("b", np.rint(vectors * SCALE).astype(np.int8).tobytes())
    return WordVectors(dimensions, {word: place for place, word in enumerate(words)}, values)


def _association(documents: Sequence[Sequence[str]], words: Sequence[str]) -> sparse.csr_matrix:
    place = {word: number for number, word in enumerate(words)}
    contexts = min(CONTEXTS, len(words))
    rows, columns, weights = [], [], []
    for document in documents:
        ids = np.array([place.get(word, -1) for word in document])
        for step in range(1, WINDOW + 1):
            for one, other in ((ids[:-step], ids[step:]), (ids[step:], ids[:-step])):
                known = (one >= 0) & (other >= 0) & (other < contexts)
                rows.append(one[known])
                columns.append(other[known])
                weights.append(np.full(int(known.sum()), 1.0 / step))
    shape = (len(words), contexts)
    together = sparse.coo_matrix(
        (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns))), shape=shape
    )
    together = together.tocsr().tocoo()
    by_word = np.asarray(together.sum(axis=1)).ravel()
    by_context = np.asarray(together.sum(axis=0)).ravel() ** SMOOTHING
    by_context *= by_word.sum() / by_context.sum()
    information = np.log(together.data * by_word.sum() / (by_word[together.row] * by_context[together.col]))
    kept = information > 0
    return sparse.csr_matrix((information[kept], (together.row[kept], together.col[kept])), shape=shape)

"""What was said in confidence, and where it would get out: concessions, private notes, points met half-way."""

import re
import unicodedata
from collections.abc import Sequence

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

TELLING_LENGTH = 6  # shorter pieces ("同意", "可以") stand in every text
SENTENCES, PIECES = re.compile(r"[。；！？;!?\n]"), re.compile(r"[，、：,:]")


class ConfidenceBar(Reason):
    CONCESSION = "concession", N_("这里写进了调解中的让步或者私下说的话，要删掉：%(text)s"), "JM-12"


def concession_obstacles(
    texts: Sequence[str], kept: Sequence[str], *, open_texts: Sequence[str] = ()
) -> list[Obstacle]:
    """Return the pieces of what is ``kept`` that stand in a text that leaves; blanks and signs do not hide them.

    What the parties said openly from the first (``open_texts``) is no secret for being said again in confidence.
    JM-12: SPC Provisions on Invited Mediation (2016), Art. 22; SPC Interpretation of the CPL (2022), Art. 107.
    """
    printed, known = bare("".join(texts)), bare("".join(open_texts))

    def tells(piece: str) -> bool:
        return len(bare(piece)) >= TELLING_LENGTH and bare(piece) in printed and bare(piece) not in known

    found: dict[str, None] = {}
    for sentence in (sentence for text in kept for sentence in SENTENCES.split(text)):
        whole = [sentence] if tells(sentence) else filter(tells, PIECES.split(sentence))
        found |= dict.fromkeys(piece.strip() for piece in whole)
    return [because(ConfidenceBar.CONCESSION, text=piece) for piece in found]


def bare(text: str) -> str:
    """Return the letters and figures of a text, wide ones as narrow ones."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()

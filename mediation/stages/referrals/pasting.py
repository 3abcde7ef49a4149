"""Court numbers as they are pasted from a list, and which referral each is for."""

import re
from collections.abc import Sequence

from mediation.casefile.cases.court_numbers import HALF_WIDTH, read_court_number

NUMBER = re.compile(r"[（(]\s*\d{4}\s*[)）][^号\n]{1,40}号(?:之[一二三四五六七八九十]+)?")
LETTER = re.compile(r"[^\s,，;；]*[〔\[［]\s*\d{4}\s*[〕\]］]\s*\d+\s*号")
LONGEST = 200  # of a line; what is longer is no line of a list
SIX_ANGLED = str.maketrans("[]［］", "〔〕〔〕")


def tidy(text: str) -> str:
    """Return a typed number without blanks, in the brackets that such numbers have."""
    text = re.sub(r"\s", "", text).translate(HALF_WIDTH)
    return text.translate(SIX_ANGLED)


def shared_out(text: str, letters: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """Return a court number for each referral, empty where none was pasted, and the lines that belong nowhere.

    ``letters`` are the numbers of the referrals as they stand in the list. A line that names one of them is for that
    one; any other goes to the next that has none yet. CN-01, CN-04: the number is only copied.
    """
    found = [""] * len(letters)
    free, left = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        number = NUMBER.search(line[:LONGEST])
        number = read_court_number(number.group()) if number else None
        named = LETTER.search(line[:LONGEST])
        named = tidy(named.group()) if named else None
        if number is None or (named is not None and named not in letters):
            left.append(line)
        elif named is not None and not found[letters.index(named)]:
            found[letters.index(named)] = str(number)
        elif named is not None:
            left.append(line)
        else:
            free.append((line, str(number)))
    places = (place for place, number in enumerate(found) if not number)
    for line, number in free:
        place = next(places, None)
        if place is None:
            left.append(line)
        else:
            found[place] = number
    return found, left

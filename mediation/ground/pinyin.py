"""First letters of Chinese words, by which lists are found from the keyboard."""

from pypinyin import Style, lazy_pinyin


def initials(text: str) -> str:
    """Return the first letter of each character, letters and digits as they are, and nothing for the rest.

    Characters with several readings are read as in the words that the dictionary knows.
    """
    syllables = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]  # a list is taken too: one entry per character
    return "".join(syllable[0] for syllable in syllables if syllable[0].isalnum()).lower()

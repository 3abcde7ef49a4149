"""Why a job came back without a PDF. Sentences are Chinese first, for the person at the desk."""

from mediation.ground.choices import N_

NO_PANGO = (
    "缺少系统库 Pango，无法生成 PDF。Debian/Ubuntu 请安装 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0，"
    "macOS 请运行 brew install pango。 The system library Pango is missing: install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 (Debian, Ubuntu) or run brew install pango (macOS)."
)


class PressFault(Exception):
    """Base of everything a printer raises; ``label`` is the sentence to show, with ``params`` for its places."""

    label = N_("文书没有生成，请重试")

    @property
    def params(self):
        return {}


class PressUnavailable(PressFault):
    """A system part is missing; the message names it in both languages."""

    label = N_("打印组件未安装完整：%(message)s")

    @property
    def params(self):
        return {"message": str(self)}


class PressBroken(PressFault):
    """The child ended or failed unexpectedly. The message says where in the code, never with what values."""


class PressBusy(PressFault):
    """Other papers took too long; nothing was started."""

    label = N_("正在生成其他文书，请稍后重试")


class TooCostly(PressFault):
    """A job overran ``limit`` ("cpu", "memory" or "time") and was stopped."""

    label = N_("文书内容过于复杂，生成超出限制，请精简后重试")

    def __init__(self, limit):
        super().__init__(limit)
        self.limit = limit


class TooLong(PressFault):
    """A text, or all texts together, are longer than ``limit`` characters; nothing was started."""

    label = N_("内容有 %(length)s 字，超过 %(limit)s 字的上限，请精简")

    def __init__(self, length, limit):
        super().__init__(f"{length} > {limit}")
        self.length, self.limit = length, limit

    @property
    def params(self):
        return {"length": self.length, "limit": self.limit}


class MissingCharacters(PressFault):
    """No font draws these characters; a paper with a gap in it is never made."""

    label = N_("字库中没有这些字：%(characters)s")

    def __init__(self, characters):
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = list(characters)

    @property
    def params(self):
        return {"characters": "、".join(f"{character}（U+{ord(character):04X}）" for character in self.characters)}

"""What the sheets of a group are printed from: the list, the election, the consent, the first report."""

from dataclasses import dataclass, field

from mediation.casefile.papers.pieces import Text


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """One member as the sheets name them."""

    position: int
    name: Text
    id_number: Text = None
    phone: Text = None
    place: Text = None
    amount_fen: int | None = None
    speaks: bool = False


@dataclass(frozen=True, kw_only=True)
class GroupSheet:
    """Sheets that are printed for a group to sign or to hand in; none of them is issued under a number of its own."""

    side: str  # 申请人 or 被申请人
    people: int  # as many as were said, or are listed
    listed: int
    lines: list[GroupLine]
    representatives: list[Text]
    most: int  # representatives
    total_fen: int | None = None
    proposal: Text = None
    claims: Text = None
    learnt_at: str | None = None
    place: Text = None
    reasons: list[str] = field(default_factory=list)  # why a first report is due
    handler: Text = None

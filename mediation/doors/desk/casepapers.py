"""The papers of a case as its page lists them: those of the present stage with what they lack, the others folded."""

from dataclasses import dataclass, field

from flask import url_for

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import DISPUTING_ROLES, Stage
from mediation.casefile.papers import outdated, wordfile
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.shared import words
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.stages.agreements import queries as agreements
from mediation.stages.confirmation import queries as confirmation

CANCELLED, REFUSED = "cancelled", "refused"  # states of a paper that does not stand
MEDIATION = ("application", "register", "rights_notice", "session_record")
AGREEMENT = ("agreement", "oral_agreement")
CONFIRMATION = ("confirmation_application", *AGREEMENT, "mediation_proof", "service_address")
FAILURE = ("termination", "undisputed_facts", "court_report", "quick_trial_referral")
OF_STAGE = {  # in the order in which they are needed; where a case is over, all its papers are its file
    Stage.REGISTERED: ("receipt",), Stage.SCREENED: ("receipt",), Stage.ROUTED: ("receipt",),
    Stage.ACCEPTED: MEDIATION, Stage.MEDIATING: MEDIATION, Stage.AGREED: AGREEMENT,
    Stage.EFFECTIVE: CONFIRMATION, Stage.CONFIRMING: CONFIRMATION, Stage.PERFORMING: CONFIRMATION,
    Stage.PERFORMED: CONFIRMATION, Stage.ENDED: FAILURE, Stage.REFERRED: FAILURE,
}


@dataclass
class Sheet:
    """A paper in words: what it is, how far it is, what it lacks."""

    paper: object
    name: str
    state: str
    lacks: str = ""
    has_word: bool = False  # can be had as a Word file


@dataclass
class Sheets:
    """The papers of a page; ``kinds`` says of the folded ones what there is, each kind once."""

    now: list[Sheet] = field(default_factory=list)
    earlier: list[Sheet] = field(default_factory=list)
    stale: bool = False  # one that stands says what is not so any more
    more_url: str | None = None  # where papers beside the road are issued

    @property
    def count(self) -> int:
        return len(self.now) + len(self.earlier)

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(sheet.name for sheet in self.earlier))


def sheets(case, papers) -> Sheets:
    """Return the papers of a case: of what is wanted now the newest of each, then everything else as it was issued."""
    newest = {(paper.kind, paper.object_id): paper for paper in papers if paper.state != CANCELLED}
    standing = {paper.id for paper in newest.values()}
    wanted = OF_STAGE.get(case.stage, tuple(PAPERS))
    signed, stale = _Signed(case), outdated.noted(case.id)
    found = Sheets(more_url=_more_url(case))
    for paper in papers:
        is_now = paper.id in standing and paper.kind in wanted
        state, lacks = signed.words(paper) if paper.id in standing else (_outdated(paper), "")
        if paper.id in standing and paper.public_id in stale:
            fields = _("、").join(words.label(each) for each in stale[paper.public_id])
            found.stale = True
            lacks = _("；").join(filter(None, [_("内容过时：%(fields)s，要用请重新出具", fields=fields), lacks]))
        (found.now if is_now else found.earlier).append(
            Sheet(
                paper, _(PAPERS[paper.kind].name), state, lacks,
                has_word=wordfile.is_offered(paper.kind) and paper.state not in (CANCELLED, REFUSED),
            )
        )
    found.now.sort(key=lambda sheet: wanted.index(sheet.paper.kind))
    return found


def _more_url(case):
    may_issue = actor().role in STEPS["case.issue_paper"].who and access.acts_on(actor(), case)
    return url_for("desk.companions.listing", public_id=case.public_id) if may_issue else None


def _outdated(paper):
    return words.label(paper.state) if paper.state == CANCELLED else _("有新的")


class _Signed:
    """What is known of signing and sealing, in words."""

    def __init__(self, case):
        self.case = case
        self.application = confirmation.bundle(case).confirmation if case.accepted_on else None

    def words(self, paper) -> tuple[str, str]:
        """Return how far a paper is and what it lacks."""
        if paper.state == REFUSED:
            return words.label(paper.state), ""
        state, lacks = "", ""
        if paper.kind in AGREEMENT:
            state, lacks = self._agreement(paper)
        elif self.application is not None and paper.object_id == self.application.id:
            state, lacks = self._proof() if paper.kind == "mediation_proof" else self._applied()
        if paper.is_draft:
            state = _("草稿，%(state)s", state=state) if state else _("草稿")
        return state or _("已出具"), lacks

    def _agreement(self, paper):
        found = agreements.current(self.case.id)
        if found is None or found.id != paper.object_id:
            return "", ""
        if found.effective_on:
            return _("已签，%(day)s 生效", day=words.day_words(found.effective_on)), ""
        if found.agreed_on is None:
            return "", ""
        missing = agreements.effect(found, self.case, on=clock.today()).missing
        return _("在签"), _("；").join(words.sentence(each) for each in missing)

    def _applied(self):
        signed = {row.party_id: row.signed_on for row in self.application.signatures}
        parties = [party for party in cases.parties_of(self.case.id) if party.role in DISPUTING_ROLES]
        unsigned = [party.name for party in parties if party.id not in signed]
        if not unsigned:
            return _("各方已签，%(day)s", day=words.day_words(max(signed.values()))), ""
        return _("在签") if signed else "", _("%(who)s没签", who=_("、").join(unsigned))

    def _proof(self):
        sealed_on = self.application.proof_sealed_on
        return (_("%(day)s 盖章", day=words.day_words(sealed_on)), "") if sealed_on else ("", _("没盖章"))

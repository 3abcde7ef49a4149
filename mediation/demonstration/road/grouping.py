"""Many people with one matter: the list is pasted, three are elected, the terms are put to everybody."""

from datetime import timedelta

from mediation.casefile.cases import queries as cases
from mediation.demonstration.affair import Affair
from mediation.ground import clock
from mediation.stages.groups import listing, operations, queries, speaking

SPEAKERS = 3
SILENT = 3  # of those represented, who have not signed yet
PROPOSAL = "公司{half}以前付清欠薪的六成，余款分两个月付清；大家不再另外要求利息、误工费。"


def gather(affair: Affair) -> None:
    """Open the group, paste its list, elect those who speak for it."""
    total = affair.amount_fen
    count = len(affair.fellows) + 1
    group = operations.open_group(
        affair.case, said_count=count, total_fen=total, learnt_at=clock.now() - timedelta(minutes=25),
        by=affair.clerk, on=affair.today,
    )
    listing.add_members(group, _names(affair), by=affair.clerk, on=affair.today)
    row, _case = queries.get(group, for_=affair.clerk)
    speakers = [member.public_id for member in queries.members(row).rows[:SPEAKERS]]
    speaking.elect(
        group, speakers, elected_on=affair.today, signed_on=affair.today, by=affair.clerk, on=affair.today
    )
    affair.group = group
    by_name = {who.name: who for who in affair.fellows}
    for party in cases.parties_of(cases.get(affair.case, for_=affair.clerk).id):
        if party.name in by_name:
            affair.parties[party.public_id] = by_name[party.name]
            affair.asking.append(party.public_id)


def _names(affair: Affair) -> str:
    """Return the list as the workers' own chat group has it: name, number, phone, what is owed."""
    share = (affair.telling.yuan or 0) // (len(affair.fellows) + 1)
    return "\n".join(
        f"{who.name} {who.identity.id_number} {who.identity.phone} {share + 300 * (place % 5 - 2)}元"
        for place, who in enumerate(affair.fellows)
    )


def ask(affair: Affair) -> None:
    """Put the terms to everybody who is represented; some have not signed yet."""
    row, _case = queries.get(affair.group, for_=affair.mediator)
    half = affair.today + timedelta(days=20)
    operations.propose(
        affair.group, PROPOSAL.format(half=f"{half.month}月{half.day}日"), version=row.version, by=affair.mediator,
        on=affair.today,
    )
    asked = [member.public_id for member in queries.members(row).rows if member.party_id is None]
    speaking.record_answers(
        affair.group, about="settlement", answer="agreed", form="written", said_on=affair.today,
        member_ids=asked[:-SILENT], by=affair.mediator, on=affair.today,
    )

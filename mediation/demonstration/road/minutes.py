"""What is written down of a meeting, from the words of the story."""

from collections.abc import Sequence

from mediation.demonstration.affair import Affair
from mediation.stages.proceedings.sessions import Minutes

UNDERSTOOD = ("听清楚了。", "知道了，没有意见。", "明白，自愿来谈。", "听清楚了，愿意调解。")
NOT_ASKED = ("不申请回避。", "不申请。", "不申请，信得过调解员。")
OPEN_SUM = ("赔偿数额，双方相差{30%}。", "付款期限：一方要一次付清，一方要分期。", "数额还差{20%}，各自回去商量。")
OPEN_DEED = ("由谁先动手、几天做完。", "做到什么程度算完，各说各的。", "要不要写明违约怎么办。")
BACKGROUND = ("事情经过双方说法基本一致。", "对起因没有争议。", "双方都愿意在调解员主持下把事情了结。")
ASKING_AGAIN = ("上次说的我还是那个意思，可以再谈一点。", "我回去和家里商量了，愿意让一步，但要写清楚日子。")
ASKED_AGAIN = ("回去想了，该我做的我认，就是要给我时间。", "家里人也劝我，能早点了结最好。")
SPOKEN_APART = "双方分开谈，没有见面。"


def place_of(affair: Affair) -> str:
    """Return where a body without rooms of the centre meets people."""
    if len(affair.body.area_code) > 9:
        return f"{affair.place.town}{affair.place.short}综治中心"
    return affair.chance.choice((f"{affair.place.town}综治中心调解室", f"{affair.place.town}{affair.place.short}村部"))


def boxes(affair: Affair, number: int, result: str) -> Minutes:
    """Return the six boxes of a meeting."""
    agreed, open_ = _points(affair, result)
    first, other = affair.name(affair.asking[0]), affair.name(affair.asked[0])
    return Minutes(
        rights=_each(affair, UNDERSTOOD),
        recusal=_each(affair, NOT_ASKED),
        applicant=f"{first}：{affair.say(affair.story.a) if number == 1 else affair.chance.choice(ASKING_AGAIN)}",
        respondent=f"{other}：{affair.say(affair.story.b) if number == 1 else affair.chance.choice(ASKED_AGAIN)}",
        evidence=affair.say(affair.story.facts),
        agreed="\n".join(agreed),
        open="\n".join(open_),
        outcome=_outcome(affair, result),
    )


def concession(affair: Affair) -> str:
    """Return what one side said in confidence: no record prints it, no referral carries it."""
    if affair.amount_fen:
        return affair.say("{b}私下说：真要一次了结，最多能出到{75%}，这个底不要告诉对方。")
    return affair.say("{b}私下说：面子上过得去就行，先让一步也可以，不要说是自己提的。")


def _each(affair: Affair, answers: Sequence[str]) -> str:
    return "\n".join(f"{affair.name(ref)}：{affair.chance.choice(answers)}" for ref in affair.everybody)


def _points(affair: Affair, result: str) -> tuple[list[str], list[str]]:
    if result == "agreed":
        return [affair.say(clause["what"]) + "。" for clause in affair.story.deal], []
    open_ = [affair.say(affair.chance.choice(OPEN_SUM if affair.amount_fen else OPEN_DEED))]
    if result == "ended":
        return [affair.chance.choice(BACKGROUND)], [affair.say(affair.story.claims), *open_]
    return [affair.chance.choice(BACKGROUND)], open_


def _outcome(affair: Affair, result: str) -> str:
    apart = SPOKEN_APART if affair.is_apart else ""
    if result == "agreed":
        return apart + "经调解，双方自愿达成协议，当场写成协议书。"
    if result == "ended":
        return apart + affair.say(affair.story.fail)
    return apart + "今天没有谈拢，各自回去考虑，改日再谈。"

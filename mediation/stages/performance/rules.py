"""Words of performance."""

from mediation.ground.choices import Choice, N_


class ReceiptKind(Choice):
    """What is recorded on a duty."""

    PAYMENT = "payment", N_("付款")
    ACT = "act", N_("做完了")
    URGE = "urge", N_("催过")
    WAIVER = "waiver", N_("对方放弃")
    BREACH = "breach", N_("到期不履行")

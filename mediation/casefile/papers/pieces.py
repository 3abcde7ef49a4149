"""The blocks that papers share: who and what a case is about. Read contract.py first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

HANDWRITE = {"handwrite": True}

Text = str | Mapping[str, bool] | None
Day = date | str | None


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One entry of the dated citation table, as it stood on the day of law."""

    key: str  # "civil_procedure.confirmation"
    law: str  # 中华人民共和国民事诉讼法, without 《》
    article: str  # 第二百零五条


@dataclass(frozen=True, kw_only=True)
class Centre:
    name: str
    phone: Text = None
    address: Text = None


@dataclass(frozen=True, kw_only=True)
class Body:
    """The unit that mediates: a people's committee, an agency, a court-listed organisation."""

    name: str
    record_number: Text = None  # establishment or filing record (JC-03)
    address: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class Mediator:
    name: Text
    number: Text = None  # 编号
    presides: bool = False


@dataclass(frozen=True, kw_only=True)
class Agent:
    name: Text
    sex: Text = None
    capacity: str  # 律师, 基层法律服务工作者, 近亲属, 工作人员, 推荐公民
    workplace: Text = None
    licence: Text = None  # 执业证号
    relation: Text = None  # to the principal, where there is no licence
    id_number: Text = None
    phone: Text = None
    authority: str  # 一般授权 or 特别授权
    powers: list[str] = field(default_factory=list)  # each power spelled out (QT-16)


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """法定代理人 of a person without full capacity; signs for that person (MH-05)."""

    name: Text
    relation: str  # 父亲, 母亲 ...
    id_number: Text = None
    phone: Text = None


@dataclass(frozen=True, kw_only=True)
class Person:
    standing: str  # "applicant", "respondent" or "third_party"; labels are made from it
    name: Text
    sex: Text = None
    birth_on: Day = None
    ethnicity: Text = None
    occupation: Text = None
    workplace: Text = None  # 工作单位和职务
    address: Text = None  # 住所地 or 经常居住地
    domicile: Text = None  # 户籍地, where it differs
    id_kind: str = "公民身份号码"
    id_number: Text = None
    phone: Text = None
    guardians: list[Guardian] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    kind: str = "person"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    standing: str
    name: Text
    credit_code: Text = None
    address: Text = None
    head_title: str = "法定代表人"  # or 主要负责人
    head: Text = None
    head_post: Text = None
    phone: Text = None
    agents: list[Agent] = field(default_factory=list)
    kind: str = "organisation"


@dataclass(frozen=True, kw_only=True)
class Session:
    """One meeting. Who came and what was said stands only in the session record."""

    on: Day
    place: Text = None
    manner: Text = None  # 当面, 视频, 电话


@dataclass(frozen=True, kw_only=True)
class Case:
    number: str | None  # the body's own number, （2026）南民调字第12号
    register_number: str | None = None  # the centre's
    cause: Text = None  # 民间借贷纠纷
    dispute_type: Text = None  # ST-01
    source: Text = None  # 案件来源 (RT-07)
    basis: str = "self_run"  # "self_run", "commissioned" (委派) or "entrusted" (委托); decides court and effect
    court_name: Text = None  # the court that commissioned or entrusted
    court_number: Text = None  # typed from that court's paper, never made here (CN-04)
    summary: Text = None  # 纠纷简要情况, as told at the window
    facts: Text = None  # 纠纷主要事实和争议事项, as agreed or found
    amount_fen: int | None = None
    applied_on: Day = None
    accepted_on: Day = None
    agreed_on: Day = None
    effective_on: Day = None
    ended_on: Day = None


@dataclass(frozen=True, kw_only=True)
class Instalment:
    due_on: Day
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One numbered clause of an agreement (DC-03).

    "pay": obligors pay obligees ``amount_fen`` for ``what``, at once or in instalments.
    "do": obligors do ``what`` (an act, a thing handed over) by ``due_on``.
    "term": a clause that binds all, printed as ``what`` says it.
    """

    kind: str
    what: str
    obligors: list[str] = field(default_factory=list)  # names as in the party blocks
    obligees: list[str] = field(default_factory=list)
    amount_fen: int | None = None
    due_on: Day = None
    instalments: list[Instalment] = field(default_factory=list)
    manner: Text = None  # 转账至户名……账号……; 现金; 当面交付
    breach: Text = None  # what follows when it is not performed
    confirmable: bool = True  # False for status and title clauses (DC-04)


@dataclass(frozen=True, kw_only=True)
class Material:
    """One row of a list of materials."""

    name: str
    present: bool = True
    copies: int | None = None
    pages: int | None = None
    original: bool | None = None  # 原件 or 复印件
    note: Text = None

"""Roles and what is granted to them. One list of permissions, one table of grants; nothing else decides."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from mediation.ground.choices import Choice, N_


class Role(Choice):
    """The post a person acts in; a person may hold several, and acts in one at a time."""

    INTAKE_CLERK = "intake_clerk", N_("窗口登记员")
    DISPATCHER = "dispatcher", N_("分流员")
    MEDIATOR = "mediator", N_("调解员")
    HEAD = "head", N_("单位负责人")
    LIAISON = "liaison", N_("诉调对接联络员")
    COURT_CLERK = "court_clerk", N_("法院经办人")
    SUPERVISOR = "supervisor", N_("督办员")
    LEADER = "leader", N_("中心领导")
    SYSTEM_ADMIN = "system_admin", N_("系统管理员")
    SECURITY_ADMIN = "security_admin", N_("安全管理员")
    AUDITOR = "auditor", N_("审计员")
    SYSTEM = "system", N_("系统")


class Depth(IntEnum):
    """How deep somebody sees into a case; each depth includes those before it."""

    FIGURES = 1
    PROGRESS = 2
    CONTENTS = 3
    SEALED = 4


class Relation(Choice):
    """Why somebody has to do with a case."""

    REGISTERED = "registered", N_("登记单位")
    LEAD = "lead", N_("承办单位")
    ASSISTING = "assisting", N_("协助单位")
    EARLIER_LEAD = "earlier_lead", N_("原承办单位")
    MEDIATOR = "mediator", N_("承办调解员")
    GUEST = "guest", N_("受邀参加")
    LIAISON = "liaison", N_("诉调对接")
    COURT = "court", N_("受理法院")
    SUPERVISION = "supervision", N_("督办")
    LOOK = "look", N_("督办查看内容")
    ARBITER = "arbiter", N_("裁定去处")
    HELPING = "helping", N_("协助人员")
    ASKED = "asked", N_("被征求意见的单位")


class Permission(Choice):
    """What an endpoint can ask for. Steps of a case are not in this list: the table of steps grants them."""

    OWN_ACCOUNT = "own_account", N_("本人账号")
    CASES_READ = "cases_read", N_("查看案件")
    CASES_LOOK_INTO = "cases_look_into", N_("写理由查看案件内容")
    CASES_REGISTER = "cases_register", N_("登记案件")
    CASES_CORRECT = "cases_correct", N_("更正案件")
    MENDS_DECIDE = "mends_decide", N_("批准更正")
    PERSON_REVEAL = "person_reveal", N_("查看完整证件号和电话")
    PERSON_MERGE = "person_merge", N_("合并人员")
    ATTACHMENTS_ADD = "attachments_add", N_("添加材料")
    PAPERS_ISSUE = "papers_issue", N_("出具文书")
    SEARCH = "search", N_("查询")
    CONFIRMATION_BOARD = "confirmation_board", N_("司法确认工作台")
    TRIBUNAL_BOARD = "tribunal_board", N_("法院收案工作台")
    SUPERVISION_BOARD = "supervision_board", N_("督办工作台")
    FIGURES_READ = "figures_read", N_("查看统计")
    UNITS_MANAGE = "units_manage", N_("管理单位")
    ACCOUNTS_MANAGE = "accounts_manage", N_("管理账号")
    BREACHES_KEEP = "breaches_keep", N_("记个人信息泄露")
    POSTS_GRANT = "posts_grant", N_("授予岗位")
    FACTORS_RESET = "factors_reset", N_("重设两步验证")
    MEDIATORS_MANAGE = "mediators_manage", N_("管理调解员名册")
    LEAVE_KEEP = "leave_keep", N_("登记请假")
    FAIRNESS_READ = "fairness_read", N_("看调解员工作量")
    PHRASES_KEEP = "phrases_keep", N_("自己的常用语")
    PHRASES_SHARE = "phrases_share", N_("全中心的常用语")
    SETTINGS_MANAGE = "settings_manage", N_("管理设置")
    PLATFORM_EXPORT = "platform_export", N_("导出平台导入表")
    ROUTING_RULES_READ = "routing_rules_read", N_("查看分流规则")
    ROUTING_RULES_CHANGE = "routing_rules_change", N_("改分流规则")
    PRECEDENTS = "precedents", N_("停用先例")
    DUTY_LISTS = "duty_lists", N_("导入职责清单")
    TRAIL_READ = "trail_read", N_("查看留痕")


P, R = Permission, Role

_CASEWORK = {P.OWN_ACCOUNT, P.CASES_READ, P.SEARCH, P.PERSON_REVEAL, P.ATTACHMENTS_ADD, P.PAPERS_ISSUE, P.FIGURES_READ}

GRANTS: dict[Role, frozenset[Permission]] = {
    R.INTAKE_CLERK: frozenset(_CASEWORK | {P.CASES_REGISTER, P.CASES_CORRECT, P.PERSON_MERGE, P.PLATFORM_EXPORT}),
    R.DISPATCHER: frozenset(
        _CASEWORK | {P.CASES_REGISTER, P.CASES_CORRECT, P.PERSON_MERGE, P.PLATFORM_EXPORT, P.ROUTING_RULES_READ}
    ),
    R.MEDIATOR: frozenset(_CASEWORK | {P.CASES_CORRECT, P.PHRASES_KEEP, P.LEAVE_KEEP}),
    R.HEAD: frozenset(
        _CASEWORK
        | {
            P.CASES_CORRECT, P.MENDS_DECIDE, P.MEDIATORS_MANAGE, P.LEAVE_KEEP, P.FAIRNESS_READ, P.PHRASES_KEEP,
            P.PHRASES_SHARE, P.PLATFORM_EXPORT,
        }
    ),
    R.LIAISON: frozenset(_CASEWORK | {P.CASES_REGISTER, P.CONFIRMATION_BOARD, P.PLATFORM_EXPORT}),
    R.COURT_CLERK: frozenset({P.OWN_ACCOUNT, P.CASES_READ, P.SEARCH, P.TRIBUNAL_BOARD}),
    R.SUPERVISOR: frozenset(
        {
            P.OWN_ACCOUNT, P.CASES_READ, P.CASES_LOOK_INTO, P.SEARCH, P.SUPERVISION_BOARD, P.FIGURES_READ,
            P.ROUTING_RULES_READ, P.ROUTING_RULES_CHANGE, P.DUTY_LISTS, P.PRECEDENTS, P.MENDS_DECIDE, P.FAIRNESS_READ,
        }
    ),
    R.LEADER: frozenset({P.OWN_ACCOUNT, P.CASES_READ, P.FIGURES_READ, P.ROUTING_RULES_READ}),
    R.SYSTEM_ADMIN: frozenset(
        {
            P.OWN_ACCOUNT, P.UNITS_MANAGE, P.ACCOUNTS_MANAGE, P.SETTINGS_MANAGE, P.MEDIATORS_MANAGE, P.PHRASES_KEEP,
            P.PHRASES_SHARE, P.ROUTING_RULES_READ, P.ROUTING_RULES_CHANGE, P.DUTY_LISTS, P.LEAVE_KEEP,
        }
    ),
    R.SECURITY_ADMIN: frozenset({P.OWN_ACCOUNT, P.POSTS_GRANT, P.FACTORS_RESET, P.BREACHES_KEEP}),
    R.AUDITOR: frozenset({P.OWN_ACCOUNT, P.TRAIL_READ}),
    R.SYSTEM: frozenset({P.CASES_READ}),
}

ADMINISTRATORS = frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN, R.AUDITOR})

# Relations of one person; the others are the whole unit's.
PERSONAL = frozenset({Relation.MEDIATOR, Relation.GUEST, Relation.LOOK, Relation.HELPING})
# Relations that pass within days, of units that are tied to the case by another one anyway: figures do without them.
PASSING = frozenset({Relation.ARBITER})

# The relation through which a role reads cases, and how deep.
SIGHT: dict[Role, dict[Relation, Depth]] = {
    R.INTAKE_CLERK: {Relation.REGISTERED: Depth.CONTENTS},
    R.DISPATCHER: {Relation.REGISTERED: Depth.CONTENTS},
    R.MEDIATOR: {
        Relation.MEDIATOR: Depth.CONTENTS, Relation.HELPING: Depth.PROGRESS, Relation.GUEST: Depth.PROGRESS,
    },
    R.HEAD: {
        Relation.LEAD: Depth.CONTENTS,
        Relation.ASSISTING: Depth.PROGRESS,
        Relation.ASKED: Depth.PROGRESS,
        Relation.EARLIER_LEAD: Depth.PROGRESS,
        Relation.REGISTERED: Depth.CONTENTS,
    },
    R.LIAISON: {Relation.LIAISON: Depth.CONTENTS, Relation.REGISTERED: Depth.CONTENTS},
    R.COURT_CLERK: {Relation.COURT: Depth.PROGRESS},
    R.SUPERVISOR: {
        Relation.SUPERVISION: Depth.PROGRESS, Relation.LOOK: Depth.CONTENTS, Relation.ARBITER: Depth.CONTENTS,
    },
    R.LEADER: {Relation.SUPERVISION: Depth.PROGRESS},
    R.SYSTEM: {Relation.SUPERVISION: Depth.CONTENTS},
}

# The relation a role needs to act on a case; reading through another one is not enough.
ACTS_BY: dict[Role, frozenset[Relation]] = {
    R.INTAKE_CLERK: frozenset({Relation.REGISTERED}),
    R.DISPATCHER: frozenset({Relation.REGISTERED}),
    R.MEDIATOR: frozenset({Relation.MEDIATOR}),
    R.HEAD: frozenset({Relation.LEAD}),
    R.LIAISON: frozenset({Relation.LIAISON, Relation.REGISTERED}),
    R.COURT_CLERK: frozenset({Relation.COURT}),
    R.SUPERVISOR: frozenset({Relation.ARBITER}),
}


@dataclass(frozen=True)
class Actor:
    """Who acts, in which post of which unit and centre. Views, jobs and tests make one; operations only read it."""

    account_id: int | None
    post_id: int | None
    unit_id: int | None
    centre_id: int | None
    role: Role
    name: str = ""
    unit_name: str = ""
    deputy: bool = False
    stands_for_id: int | None = None  # whose post a deputy looks after: the account, and the name
    stands_for: str = ""
    deputy_since: date | None = None
    address: str | None = None
    request: str | None = None

    @property
    def signed(self) -> str:
        """The name under which an act stands: a deputy's says for whom."""
        return f"{self.name}（代{self.stands_for}）" if self.stands_for else self.name

    def may(self, permission: Permission) -> bool:
        """Say whether the post grants a permission."""
        return permission in GRANTS[self.role]


def system_actor(centre_id: int | None) -> Actor:
    """Return the actor that jobs use: no person, no post."""
    return Actor(None, None, None, centre_id, Role.SYSTEM, name="系统")

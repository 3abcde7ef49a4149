"""The map of the settings: what is found on which page, in words, grouped as people look for it."""

from dataclasses import dataclass

from flask import current_app, url_for

from mediation.doors.shared.guard import may_enter
from mediation.doors.shared.language import gettext as _
from mediation.ground.choices import N_
from mediation.registry.settings.rules import Kind

# Group; in it label, endpoint, its arguments, what is found there. A page that the post may not enter is left out.
MAP = (
    (N_("案件怎么分、怎么办"), (
        (N_("纠纷类型"), "desk.types.index", {}, N_("类型的名称、上下级、关键词、停用哪一类")),
        (N_("案由"), "desk.causes.index", {}, N_("法院的案由表，哪一版从哪天起用")),
        (N_("分流规则"), "desk.routingrules.index", {}, N_("什么案件建议给谁办，改了先拿旧案件试")),
        (N_("职责清单"), "desk.dutylists.index", {}, N_("哪个单位管哪些事，推来推去时照它定")),
        (N_("指引卡"), "desk.guides.index", {}, N_("每类纠纷怎么问、怎么算、用哪条法")),
        (N_("规则表"), "desk.settings.index", {"kind": Kind.TABLE}, N_("疑难、风险的标准")),
    )),
    (N_("期限、数字、开关"), (
        (N_("期限"), "desk.settings.index", {"kind": Kind.PERIOD}, N_("多少天受理、调解、回访、催办")),
        (N_("数量"), "desk.settings.index", {"kind": Kind.NUMBER}, N_("人数、年龄、次数、分钟数的界限")),
        (N_("金额"), "desk.settings.index", {"kind": Kind.AMOUNT}, N_("分级、速裁用的金额界限")),
        (N_("开关"), "desk.settings.index", {"kind": Kind.FLAG}, N_("要不要、算不算")),
        (N_("清单"), "desk.settings.index", {"kind": Kind.WORDS}, N_("上班时间、法院案号的代字等成列的词")),
        (N_("文字"), "desk.settings.index", {"kind": Kind.TEXT}, N_("编号样式、时刻等一行的设置")),
        (N_("平均工资"), "desk.settings.index", {"kind": Kind.WAGE}, N_("小额诉讼的限额按它算，每年公布后填")),
        (N_("法律条文"), "desk.settings.index", {"kind": Kind.CITATION}, N_("法律修改后条文号变了，在这里改")),
        (N_("法律规则"), "desk.lawbook.index", {}, N_("每条法律规则在程序里怎么落实，哪些待核，哪些各地不同")),
        (N_("日历"), "desk.calendars.index", {}, N_("放假、调休，每年通知出来后导入")),
        (N_("算期限"), "desk.deadlines.index", {}, N_("每条规则从某天起到哪天，逐日说明")),
    )),
    (N_("文书和话"), (
        (N_("文书的本地用语"), "desk.wordings.index", {}, N_("抬头、地址、电话、另外告知的话")),
        (N_("文书一览"), "desk.paperforms.index", {}, N_("每种文书用第几版，拿示例或者真案子预览，大字版")),
        (N_("文书样式"), "desk.settings.index", {"kind": Kind.TEMPLATE}, N_("每种文书用第几版样式")),
        (N_("常用语"), "desk.phrases.index", {}, N_("写记录时用短码带出来的话")),
    )),
    (N_("地方和人"), (
        (N_("调解室"), "desk.rooms.index", {}, N_("座位、设备、什么时间能用、哪几天停")),
        (N_("说事点"), "desk.points.index", {}, N_("线上线下收集纠纷的地方")),
        (N_("乡镇和村"), "desk.areas.index", {}, N_("地名、代码、网格")),
        (N_("特别的法院"), "desk.courts.index", {}, N_("开发区、直辖市等不按区划的法院，中级人民法院是哪一个")),
        (N_("单位"), "desk.units.index", {}, N_("调委会、部门、工作室，案号用的字")),
        (N_("调解员"), "desk.mediators.index", {}, N_("名册、培训、报法院")),
        (N_("账号"), "desk.accounts.index", {}, N_("谁能登录")),
    )),
    (N_("对上对外"), (
        (N_("上级平台"), "desk.platforms.index", {}, N_("还要往哪些系统录、字段什么顺序、谁来录")),
    )),
)


@dataclass(frozen=True)
class Place:
    """A page of settings as the map shows it."""

    label: str
    url: str
    note: str


def groups(by, text: str = "") -> list[tuple[str, list[Place]]]:
    """Return the pages of settings that the post may enter, in groups, those whose words hold ``text``."""
    views = current_app.view_functions
    found = []
    for title, entries in MAP:
        places = [
            Place(_(label), url_for(endpoint, **arguments), _(note))
            for label, endpoint, arguments, note in entries
            if endpoint in views and may_enter(views[endpoint].policy, by)
        ]
        places = [place for place in places if text in place.label or text in place.note or text in _(title)]
        if places:
            found.append((_(title), places))
    return found

"""One box: number, name, pinyin initials, phone tail, full ID number, place; the scope is the reader's."""

from flask import Blueprint, redirect, render_template, request, url_for

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground.db import transaction
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Permission

bp = Blueprint("search", __name__)


@bp.route("/search", methods=["GET", "POST"])
@policy(Permission.SEARCH)
def results():
    """Show what the box finds; a single hit by number opens at once. An ID number stands in no address (P24)."""
    text = request.values.get("q", "").strip()
    kind = search.kind_of(text)
    if kind == "id_number":
        if request.method == "GET":
            return render_template("desk/search/results.html", text="", kind=kind, rows=[], words=_by_post())
        with transaction():
            search.note_id_search(by=actor())
    elif request.method == "POST" and kind != "code":  # nor does the code of a receipt
        return redirect(url_for("desk.search.results", q=text))
    found = search.find(text, for_=actor()) if text else []
    if len(found) == 1 and kind in ("number", "code"):
        page = "desk.cases.show" if kind == "number" or not _receives() else "desk.atwindow.receive"
        return redirect(url_for(page, public_id=found[0].public_id))
    text = "" if kind == "code" else text
    return render_template("desk/search/results.html", text=text, kind=kind, rows=found, words=_words(kind))


def _receives():
    return actor().role in STEPS["case.receive_visitor"].who


def _by_post():
    return _("完整证件号请在上方框里输入后按回车，不要写在网址里")


def _words(kind):
    return {
        "code": _("按查询码"), "number": _("按案号"), "id_number": _("按完整证件号，这次查询已记下"),
        "phone_tail": _("按电话后四位"),
        "initials": _("按姓名拼音首字母"), "name": _("按姓名"), "place": _("按地点"), "short": _("姓名至少两个字"),
    }.get(kind, "")

"""What people hand in: added at the counter, opened by those who work on the case, taken out with a reason."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments import queries
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.doors.desk import sent
from mediation.doors.shared.forms import CreatingForm, DeskForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission

bp = Blueprint("attachments", __name__)


class AttachmentForm(CreatingForm):
    """A file, or the note that a paper original was shown."""

    file = FileField(_l("文件（PDF、JPG、PNG、DOCX、XLSX，不超过 20 MB）"))
    kind = SelectField(_l("种类"), choices=[SelectChoice(kind.value, _l(kind.label)) for kind in AttachmentKind])
    title = Text(_l("叫什么"), [InputRequired(_l("没有写材料叫什么"))], longest=100)
    party = SelectField(_l("谁交的"), choices=[], validators=[Optional()])
    proves = Text(_l("证明什么"), longest=400)
    is_original = BooleanField(_l("看过原件"))
    pages = IntegerField(_l("页数"), [Optional(), NumberRange(1, 9999)])
    received_on = DateField(_l("哪天收的"), [Optional()])

    def __init__(self, *args, parties=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.party.choices = [SelectChoice("", _("没写"))]
        self.party.choices += [SelectChoice(party.public_id, party.name) for party in parties]


    def values(self):
        return {
            "kind": AttachmentKind(self.kind.data), "title": self.title.data, "party": self.party.data or None,
            "proves": self.proves.data or "", "is_original": self.is_original.data, "pages": self.pages.data,
            "received_on": self.received_on.data,
        }


class RemoveForm(DeskForm):
    reason = Text(_l("为什么移出"), [InputRequired(_l("移出材料要写理由"))], longest=400)


@bp.route("/cases/<public_id:public_id>/attachments", methods=["GET", "POST"])
@policy(Permission.ATTACHMENTS_ADD)
def add(public_id):
    """Show what a case holds and take in more. The file is written before the transaction that names it."""
    case = cases.get(public_id, for_=actor())
    form = AttachmentForm(parties=cases.parties_of(case.id), received_on=clock.today(), kind=AttachmentKind.EVIDENCE)
    if form.validate_on_submit():
        with refused_on(form) as done:
            sent = form.file.data
            kept = attachments.keep(public_id, sent.read(), sent.filename, by=actor()) if sent else None
            with transaction():
                attachments.add(
                    public_id, kept=kept, key=form.key.data, by=actor(), on=clock.today(), **form.values()
                )
        if done:
            flash(_("已收下%(title)s", title=form.title.data))
            return redirect(url_for("desk.attachments.add", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/attachments/add.html", form=form, case=case, attachments=queries.of_case(case.id))


@bp.get("/attachments/<public_id:public_id>/file")
@policy(Permission.CASES_READ)
def download(public_id):
    """Hand out a file so that no browser runs it (P20)."""
    row, content = attachments.content(public_id, by=actor())
    return sent.file(row, content)


@bp.route("/attachments/<public_id:public_id>/remove", methods=["GET", "POST"])
@policy(Permission.ATTACHMENTS_ADD)
def remove(public_id):
    """Take an attachment out of the file, with the reason."""
    row, case = queries.get(public_id, for_=actor())
    form = RemoveForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            attachments.remove(public_id, reason=form.reason.data, by=actor(), on=clock.today())
        if done:
            flash(_("已移出，理由留在留痕里"))
            return redirect(url_for("desk.attachments.add", public_id=case.public_id))
        row, case = queries.get(public_id, for_=actor())
    return render_template("desk/attachments/remove.html", form=form, row=row, case=case)

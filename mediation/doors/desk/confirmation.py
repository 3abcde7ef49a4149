"""The liaison's board, and the place of judicial confirmation on the page of a case."""

import hashlib

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from mediation.casefile.batches import queries as batches
from mediation.casefile.batches.rules import BatchKind, Verdict
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import ConfirmationState
from mediation.doors.desk import courtrows, triage
from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import STATUTORY_RED_DAYS, sentence
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken, known
from mediation.ground.once import new_key
from mediation.registry.access.rules import Permission
from mediation.stages.confirmation import boards, many, packruns, queries, records, rules
from mediation.stages.confirmation.queries import CheckKey
from mediation.stages.referrals import queries as referrals

bp = Blueprint("confirmation", __name__)

MOST_DIGITS = 19  # of a row's number
COURTS_TOLD = 3
NOT_DONE = (Verdict.BARRED, Verdict.FAILED)
NO_AGREEMENT = ("failed", "never_reached", "ruled")  # what a case came to without anything to confirm
SEVERAL = {  # what several obstacles of one check are together
    CheckKey.AGREEMENT_SIGNED: N_("协议没签齐"),
    CheckKey.APPLICATION_SIGNED: N_("各方没在申请书上签"),
    CheckKey.IDENTITY: N_("各方身份没核对"),
    CheckKey.ADDRESSES: N_("各方没确认送达地址"),
    CheckKey.AGENTS: N_("代理人没有特别授权"),
    CheckKey.CLAUSES: N_("有不能确认的条款没移出"),
    CheckKey.SOUND: N_("有驳回情形、虚假调解的疑点"),
}


@bp.get("/confirmation")
@policy(Permission.CONFIRMATION_BOARD)
def board():
    """Show the packs by the days left, what lies with the court, referrals out and commissions in."""
    return show_board()


def show_board(refused=None):
    """Return the board; ``refused``: (application, form) of a row that was not recorded, shown as it was typed."""
    today, by = clock.today(), actor()
    chosen = _chosen()
    court = chosen.get("court")
    size = boards.ALL if "all" in chosen else boards.MOST
    found = boards.board(for_=by, on=today, court_code=court, place=chosen.get("at"), size=size)
    left = [pack.readiness.days_left for pack in (*found.ready, *found.lacking)]
    courts = boards.courts(for_=by)
    codes = [court] if court else [each.code for each in courts[:COURTS_TOLD]]
    return render_template(
        "desk/confirmation/board.html", board=found, out=referrals.out(for_=by), year=today.year,
        red=sum(days is not None and days <= STATUTORY_RED_DAYS for days in left), red_days=STATUTORY_RED_DAYS,
        courts=courts, chosen=chosen, lack_words=lack_words, offered=courtrows.offered, refused=refused,
        records=records.records(for_=by, on=today, codes=codes), prints=packruns.newest(for_=by, limit=3),
        new_key=new_key(), filing=_filing(by),
        short_number=lambda row: (row.body_no or row.register_no).replace(f"（{today.year}）", ""),
    )


def _filing(by):
    """Return the last batch that was filed, while it goes on and on the day of asking; None for none."""
    batch = next(iter(batches.newest(BatchKind.FILE, for_=by, limit=1)), None)
    if batch is None or (not batches.is_busy(batch) and clock.day_of(batch.recorded_at) != clock.today()):
        return None
    counts = batches.counts(batch)
    return {
        "public_id": batch.public_id, "recorded_at": batch.recorded_at, "is_busy": batches.is_busy(batch),
        "words": triage.progress_words(batch), "failed": sum(counts.get(each, 0) for each in NOT_DONE),
    }


@bp.post("/confirmations/<public_id:public_id>/row")
@policy(STEPS["confirmation.court_asks"])
def row(public_id):
    """Record what a row of the board says; what is refused stays typed in its row."""
    queries.get(public_id, for_=actor())
    form = courtrows.RowForm()
    if form.validate_on_submit():
        with refused_on(form) as done:
            courtrows.record(public_id, form)
        if done:
            flash(_("已登记"))
            _odd_number(public_id)
            return redirect(url_for("desk.confirmation.board", _anchor="court", **_chosen()))
    return show_board((public_id, form))


def _chosen():
    """Return how the board is narrowed, as its address says."""
    return {name: request.args[name] for name in ("court", "at", "all") if request.args.get(name)}


def _odd_number(public_id):
    found, case = queries.get(public_id, for_=actor())
    if found.state == ConfirmationState.ACCEPTED:
        for each in queries.number_cautions(found, case, found.court_no):
            flash(sentence(each), "warning")


@bp.get("/confirmation/record")
@policy(Permission.CONFIRMATION_BOARD)
def record():
    """List the cases behind a figure of how a court took our packs."""
    of = known(records.Of, request.args.get("of", ""), "of")
    ground = records.GROUNDS.get(request.args.get("ground", ""))
    after = request.args.get("after", "")
    rows, more = records.cases_of(
        of, for_=actor(), on=clock.today(), code=request.args.get("court", ""), ground=ground and ground.value,
        after=int(after) if after.isascii() and after.isdigit() and len(after) < MOST_DIGITS else None,
    )
    return render_template("desk/confirmation/record.html", rows=rows, more=more, of=of, ground=ground)


@bp.get("/confirmation/missed")
@policy(Permission.CONFIRMATION_BOARD)
def missed():
    """List the cases whose application was given up this year because it was too late."""
    year = clock.today().year
    rows = boards.missed_cases(for_=actor(), year=year)
    return render_template("desk/confirmation/missed.html", rows=rows, year=year)


@bp.post("/confirmation/file")
@policy(STEPS["confirmation.file"])
def file_selected():
    """Let the ticked packs be filed in the background; the board says how far that is, each pack has its own result."""
    chosen = request.form.getlist("id")
    try:
        with transaction():
            many.file_all(chosen, by=actor(), on=clock.today(), key=key_for(chosen))
    except RuleBroken as error:
        for obstacle in error.obstacles:
            flash(sentence(obstacle), "error")
    return redirect(url_for("desk.confirmation.board", **_chosen()))


def key_for(chosen) -> str:
    """Return the key of a form of ticks: of a page that was kept open, other ticks are another act."""
    return request.form.get("key", "")[:40] + "." + hashlib.sha256(" ".join(sorted(chosen)).encode()).hexdigest()[:12]


def lack_words(pack) -> list[str]:
    """Return what a pack lacks, check by check: one thing in a sentence, several by what they are together."""
    found = []
    for check in pack.readiness.checks:
        if len(check.obstacles) == 1:
            found.append(sentence(check.obstacles[0]))
        elif check.obstacles:
            found.append(_(SEVERAL.get(check.key, check.label)))
    return found + [sentence(obstacle) for obstacle in pack.wanting]


def pdf(content: bytes, name: str):
    """Return a PDF that a browser shows; its name holds no person (forms part 5)."""
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def section(case):
    """Return how far confirmation is for the case page, from acceptance on; None where no court will be asked."""
    if case.accepted_on is None or case.result in NO_AGREEMENT:
        return None
    today, bundle = clock.today(), queries.bundle(case)
    row, agreement = bundle.confirmation, bundle.agreement
    if row is None and agreement is not None and queries.is_for_the_court_itself(agreement):
        return None
    readiness = queries.readiness(case, on=today)
    is_open = row is None or row.state in STEPS["confirmation.prepare"].from_
    lacks = len(readiness.checks) - readiness.ready
    return {
        "index": [_entry(lacks, is_open)],
        "confirmation": row,
        "readiness": readiness if is_open else None,
        "done": readiness.ready,
        "total": len(readiness.checks),
        "may_prepare": row is not None and is_open and actor().role in STEPS["confirmation.prepare"].who,
        "court_day": queries.court_day(row, case) if row else None,
        "after": rules.after_ruling(row.state) if row else (),
    }


def _entry(lacks, is_open):
    """Return the line of the index: what the pack still lacks, while it is being got together."""
    if lacks and is_open:
        return Entry("confirmation", _("司法确认"), _("缺 %(count)s", count=lacks), quiet=False)
    return Entry("confirmation", _("司法确认"), _("材料齐") if is_open else None)

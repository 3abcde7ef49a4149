"""How fast are the pages that people open all day, and do they stay so as cases come together?

    .venv/bin/python -m benchmarks.pages [--cases 10000 100000] [--engines sqlite postgresql] [--seconds 5]

Throw-away databases, filled with the demonstration county and bulk cases, are served by gunicorn with two workers of
four threads; eight connections of this process ask. Beside each page stands its floor: a page of 25 rows by Flask and
the ORM, or an insert with its commit, in the same database and served the same way. Everything runs on one machine,
the asking too, and the databases lie in memory where there is room: trust the ratios inside one table.
"""

import argparse
import http.client
import re
import secrets
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import func, select, text

from benchmarks import serving
from benchmarks.bare import Floor
from benchmarks.load import Ask, Task, run, send
from mediation.casefile.cases.models import Case, CaseAccess, Party
from mediation.demonstration.bulk import fill
from mediation.ground import crypto, db, files
from mediation.ground.once import new_key
from mediation.registry.access.rules import Relation, Role
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account, Post
from mediation.rooms import open_rooms
from tests.migrated import migrate

WARM_UP = 1.0
ROUNDS = 3  # every task is measured in turns, so that a noisy moment hits all of them
SAMPLE = 200
NOBODY = "覃漪澜"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Known:
    """What the questions are made of: who asks, and cases to ask for."""

    logins: dict[Role, str]
    password: str
    cases: list[str]
    numbers: list[str]
    names: list[str]


def main() -> None:
    """Print one table for each engine and size, and in the end one of all."""
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers and databases end with this process
    began = time.monotonic()
    found: dict[str, dict[int, list[Task]]] = {engine: {} for engine in given.engines}
    for engine, sizes in found.items():
        for cases in sorted(given.cases):
            print(f"\n{engine}, {cases:,} cases: filling, after {time.monotonic() - began:.0f} s", flush=True)
            sizes[cases] = _measured(engine, cases, given.seconds)
            _print(sizes[cases])
    print(f"\nAll together, after {time.monotonic() - began:.0f} s: the rate over that of the floor, and how p95 grew")
    _print_together(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engines", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=5, help="for each task, warming up left out")
    return parser.parse_args()


def _measured(engine: str, cases: int, seconds: float) -> list[Task]:
    """Fill a database of that size, serve it and return the measured tasks."""
    with serving.folder() as folder, serving.database(engine, folder) as url:
        known = _prepare(url, folder, cases)
        with (
            serving.served("wsgi:app", url, folder) as port,
            serving.served("benchmarks.bare:app", url, folder) as floor,
        ):
            tasks = _tasks(known, port, floor)
            for task in tasks:
                run(task, WARM_UP)
                task.took, task.seconds = [], 0
            for number in range(1, ROUNDS + 1):
                _say(f"round {number} of {ROUNDS}")
                for task in tasks:
                    run(task, seconds / ROUNDS)
    return tasks


def _prepare(url: str, folder: Path, cases: int) -> Known:
    """Migrate and fill a database; return what can be asked of it."""
    migrate(url)
    crypto.use(crypto.read_or_make_key(folder / "master-key"))
    files.use(files.Store(folder / "files"))
    open_rooms()
    engine = db.connect(url)
    try:
        fill(cases, say=_say)
        Floor.metadata.tables["floor_rows"].create(engine)
        known = _known()
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))  # what autovacuum does by itself on a real server
    finally:
        db.disconnect()
    return known


def _say(line: str) -> None:
    print(f"    {line}", flush=True)


def _known() -> Known:
    """Give three people a password, and pick cases, numbers and names that the clerk sees."""
    password = secrets.token_urlsafe(12)
    with db.transaction():
        accounts = {role: _busiest(role) for role in (Role.SUPERVISOR, Role.INTAKE_CLERK, Role.MEDIATOR)}
        hashed = passwords.hashed(password)
        for account in accounts.values():
            account.password_hash, account.must_change_password = hashed, False
        logins = {role: account.login for role, account in accounts.items()}
    window = select(Post.unit_id).join(Account, Account.id == Post.account_id)
    window = window.where(Account.login == logins[Role.INTAKE_CLERK], Post.role == Role.INTAKE_CLERK)
    seen = (
        select(Case.public_id, Case.register_no, func.min(Party.name))
        .join(CaseAccess, CaseAccess.case_id == Case.id).join(Party, Party.case_id == Case.id)
        .where(CaseAccess.unit_id.in_(window), CaseAccess.relation == Relation.REGISTERED, Case.is_sealed.is_(False))
        .group_by(Case.id, Case.public_id, Case.register_no).order_by(Case.public_id).limit(SAMPLE)
    )
    public_ids, numbers, names = zip(*db.session.execute(seen).all(), strict=True)
    return Known(logins, password, list(public_ids), list(numbers), list(names))


def _busiest(role: Role) -> Account:
    """Return the account of that post with the most cases of its own or, in a unit's post, of its unit."""
    tie = CaseAccess.account_id == Post.account_id if role is Role.MEDIATOR else CaseAccess.unit_id == Post.unit_id
    busiest = (
        select(Post.account_id).join(CaseAccess, tie).where(Post.role == role)
        .group_by(Post.account_id).order_by(func.count().desc(), Post.account_id).limit(1)
    )
    return db.session.get_one(Account, db.session.scalar(busiest))


def _tasks(known: Known, port: int, floor: int) -> list[Task]:
    """Return what is measured, the floors first."""
    cookies = {role: _log_in(port, login, known.password) for role, login in known.logins.items()}
    supervisor, clerk, mediator = (cookies[role] for role in (Role.SUPERVISOR, Role.INTAKE_CLERK, Role.MEDIATOR))
    form, clerk = _form(port, clerk)

    def page(name, path, cookie, status=200):
        return Task(name, port, path if callable(path) else lambda _n: Ask(path), cookie, status, floor="bare page")

    def each(values, path):
        return lambda n: Ask(path.format(values[n % len(values)]))

    return [
        Task("bare page", floor, lambda _n: Ask("/rows")),
        Task("bare insert", floor, lambda _n: Ask("/insert", {}), status=204),
        page("list, whole county", "/cases", supervisor),
        page("list, by turn", "/cases?turn=mediator", supervisor),
        page("list, a mediator's", "/cases", mediator),
        page("open a case", each(known.cases, "/cases/{}"), clerk),
        page("search, name", each([quote(name) for name in known.names], "/search?q={}"), clerk),
        page("search, absent name", "/search?q=" + quote(NOBODY), clerk),
        page("search, number", each([quote(number) for number in known.numbers], "/search?q={}"), clerk, 302),
        page("figures", "/figures", supervisor),
        Task("register by form", port, lambda n: Ask("/intake", form | _visitor(n)), clerk, 302, floor="bare insert"),
    ]


def _log_in(port: int, login: str, password: str) -> str:
    """Log somebody in through the page; return the cookies."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    _status, page, cookies = send(connection, Ask("/login"))
    form = {"csrf_token": _token(page), "account": login, "password": password}
    status, page, cookies = send(connection, Ask("/login", form), "; ".join(cookies))
    if status != 302:
        sys.exit(f"{login} could not log in: {status}")
    return "; ".join(cookies)


def _form(port: int, cookie: str) -> tuple[dict, str]:
    """Return what stays the same in every registration, and the cookie that its token belongs to."""
    _status, page, cookies = send(http.client.HTTPConnection("127.0.0.1", port), Ask("/intake"), cookie)
    return {
        "csrf_token": _token(page), "channel": "window", "data_notice": "1", "phone": "无", "kind": "用水、排水",
        "type_code": "neighbour.water", "amount": "2600", "place": "", "claims": "恢复原状",
        "story": "两家屋后共用一条排水沟，对方浇水泥把沟面垫高，两次下雨水都倒灌进来访人家厨房。",
    }, "; ".join(cookies)


def _visitor(number: int) -> dict:
    """Return what differs: fresh key, other people."""
    first, second = (chr(0x4E00 + (number * step) % 5000) for step in (7, 13))
    return {"key": new_key(), "name": f"万{first}{second}", "other": f"涂{second}{first}"}


def _token(page: str) -> str:
    return TOKEN.search(page).group(1)


def _print(tasks: list[Task]) -> None:
    """Print how long each task took, and its rate over that of its floor."""
    print(f"{'':22}{'p50 ms':>9}{'p95 ms':>9}{'a second':>10}{'of the floor':>14}")
    for task in tasks:
        print(f"{task.name:22}{task.p50:9.1f}{task.p95:9.1f}{task.rate:10.1f}{_share(task, tasks):>14}", flush=True)


def _print_together(found: dict[str, dict[int, list[Task]]]) -> None:
    """Print a line for each task: its share of the floor at every size, and how its p95 grew."""
    head = [[f"{engine} {cases:,}" for cases in sizes] + ["p95 growth"] for engine, sizes in found.items()]
    print(f"{'':22}" + "".join(f"{words:>20}" for words in sum(head, [])))
    first = next(iter(next(iter(found.values())).values()))
    for place, task in enumerate(first):
        cells = []
        for sizes in found.values():
            cells += [_share(tasks[place], tasks) for tasks in sizes.values()]
            smallest, largest = sizes[min(sizes)], sizes[max(sizes)]
            cells.append(f"{largest[place].p95 / smallest[place].p95:.2f}" if len(sizes) > 1 else "")
        print(f"{task.name:22}" + "".join(f"{cell:>20}" for cell in cells))


def _share(task: Task, tasks: list[Task]) -> str:
    """Return the task's rate over that of its floor."""
    floor = next((each for each in tasks if each.name == task.floor), None)
    return f"{task.rate / floor.rate:.2f}" if floor else ""


if __name__ == "__main__":
    main()

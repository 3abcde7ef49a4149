"""The register's numbers under parallel writers that give up, across the turn of the year (P32)."""

import threading
from datetime import datetime

from mediation.casefile.cases.models import Case
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.stages.intake import operations as intake
from tests import makers

WRITERS, EACH = 8, 5
DISPUTE = {"applicants": [makers.VISITOR], "respondents": [makers.OTHER_SIDE], "matter": makers.DRAIN}
EVE = datetime(2026, 12, 31, 23, 59, 59, tzinfo=clock.SHANGHAI)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=clock.SHANGHAI)


class GivesUp(Exception):
    """A writer that does not come to its end."""


def register_in_parallel(clerks):
    """Let eight clerks register; one in ten gives up, and midnight strikes for all between two of their cases."""
    strike = threading.Barrier(WRITERS, action=lambda: clock.freeze(NEW_YEAR))
    errors = []

    def work(number, clerk):
        try:
            for turn in range(EACH * 2):
                if turn == EACH:
                    strike.wait()
                try:
                    with transaction():
                        intake.register(by=clerk, on=clock.today(), data_notice="1", **DISPUTE)
                        if (number + turn) % 10 == 0:
                            raise GivesUp
                except GivesUp:
                    pass
        except Exception as error:
            errors.append(error)
            strike.abort()
        finally:
            session.remove()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors


def test_numbers_are_gapless_in_both_years(ground):
    clock.freeze(EVE)
    centre = makers.make_centre()
    clerks = [makers.make_actor(centre, Role.INTAKE_CLERK, name=f"龚雪琴{number}") for number in range(WRITERS)]
    session.remove()
    register_in_parallel(clerks)
    numbers = [number for (number,) in session.query(Case.register_no)]
    given_up = [(number + turn) % 10 == 0 for number in range(WRITERS) for turn in range(EACH * 2)]
    kept = len(given_up) - sum(given_up)
    assert len(numbers) == len(set(numbers)) == kept
    for year in (2026, 2027):
        serials = sorted(int(number.split("〕")[1][:-1]) for number in numbers if f"〔{year}〕" in number)
        assert serials == list(range(1, len(serials) + 1)) and len(serials) > 30, year

"""How many papers does the printer make, warm and cold, alone and in two processes, and what would WeasyPrint do bare?

    .venv/bin/python -m benchmarks.papers [--papers 60]

The paper is a mediation agreement of three pages with invented values. "Bare" is WeasyPrint as one begins with it: the
same page and style sheet, the system's fonts, and everything opened anew for each paper. Each printer works in
processes of its own, so that memory can be told apart.
"""

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from mediation.casefile.papers import contract, pages
from mediation.ground.pdf.printer import Printer
from tests.casefile.papers import specimens

KIND, VERSION = "agreement", 1
WORKSHOP = "mediation.casefile.papers.pressroom:open_press"
WARM_UP = 3
SYSTEM_FONTS = """:root {
  --song: "Noto Serif CJK SC"; --title: "Noto Serif CJK SC"; --hei: "Noto Sans CJK SC"; --kai: "Noto Serif CJK SC"
}"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=60, help="printed by each process")
    papers = parser.parse_args().papers
    folder = tempfile.mkdtemp()
    try:
        _cut_fonts(folder)
        bare = _together(1, _bare, folder, papers)
        one, two = (_together(processes, _ours, folder, papers) for processes in (1, 2))
        first = _cold(folder)
    finally:
        shutil.rmtree(folder)
    print(f"{'':26}{'ms a paper':>12}{'papers a second':>17}{'peak MB':>9}")
    rows = (("bare WeasyPrint", bare, 1), ("warm, one process", one, 1), ("warm, two processes", two, 2))
    for name, (rate, peak), processes in rows:
        print(f"{name:26}{1000 * processes / rate:12.0f}{rate:17.2f}{peak:9.0f}")
    print(f"{'first paper, cold process':26}{first * 1000:12.0f}")
    print(f"one warm process takes {bare[0] / one[0]:.2f} of the time of bare WeasyPrint")
    print(f"two give {two[0] / (2 * one[0]):.2f} of double the rate of one")


def _cut_fonts(folder: str) -> None:
    """Let the small fonts be made now: that happens once on a machine."""
    printer = Printer(WORKSHOP, {"cache": folder})
    printer.warm()
    printer.close()


def _cold(folder: str) -> float:
    """Return the seconds from no process at all to the first paper."""
    printer = Printer(WORKSHOP, {"cache": folder})
    began = time.perf_counter()
    printer.render(kind=KIND, version=VERSION, snapshot=_snapshot())
    took = time.perf_counter() - began
    printer.close()
    return took


def _together(processes: int, opened: Callable, folder: str, papers: int) -> tuple[float, float]:
    """Print with so many processes at once; return papers a second and the peak memory of one process in MB."""
    context = multiprocessing.get_context("spawn")
    ready, answers = context.Barrier(processes), context.SimpleQueue()
    lanes = [context.Process(target=_lane, args=(opened, folder, papers, ready, answers)) for _ in range(processes)]
    for lane in lanes:
        lane.start()
    found = [answers.get() for _ in lanes]
    for lane in lanes:
        lane.join()
    return sum(papers / seconds for seconds, _peak in found), max(peak for _seconds, peak in found)


def _lane(opened: Callable, folder: str, papers: int, ready: Barrier, answers) -> None:
    """Open a printer, warm it, wait for the others and print."""
    work, peak = opened(folder)
    for _ in range(WARM_UP):
        work()
    ready.wait()
    began = time.perf_counter()
    for _ in range(papers):
        work()
    answers.put((time.perf_counter() - began, peak()))


def _ours(folder: str):
    """Return the work of the program's printer with its watched child."""
    printer = Printer(WORKSHOP, {"cache": folder})
    snapshot = _snapshot()

    def peak() -> float:
        printer.close()  # the children's peak is told when they have ended
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024

    return lambda: printer.render(kind=KIND, version=VERSION, snapshot=snapshot), peak


def _bare(_folder: str):
    """Return the work of WeasyPrint with nothing kept from paper to paper."""
    env, snapshot = pages.environment(), _snapshot()
    style = SYSTEM_FONTS + (pages.TEMPLATES / "paper.css").read_text("utf-8")

    def work() -> bytes:
        config = FontConfiguration()
        page = HTML(string=pages.html(env, KIND, VERSION, snapshot))
        return page.write_pdf(stylesheets=[CSS(string=style, font_config=config)], font_config=config)

    return work, lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _snapshot() -> dict:
    return contract.snapshot(specimens.FULL[KIND])


if __name__ == "__main__":
    main()

"""How many papers does the printer make, warm and cold, alone and in two processes, and what would WeasyPrint do bare?

    .venv/bin/python -m benchmarks.papers [--papers 60]

The paper is a mediation agreement of three pages with invented values. "Bare" is WeasyPrint as one begins with it: the
same page and style sheet, the system's fonts, and everything opened anew for each paper. Each printer works in
processes of its own, so that memory can be told apart. Processor time is what to compare on a machine that others use.
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
    print(f"{'':26}{'ms a paper':>12}{'of processor':>14}{'papers a second':>17}{'peak MB':>9}")
    rows = (("bare WeasyPrint", bare, 1), ("warm, one process", one, 1), ("warm, two processes", two, 2))
    for name, (rate, cpu, peak), processes in rows:
        print(f"{name:26}{1000 * processes / rate:12.0f}{1000 * cpu:14.0f}{rate:17.2f}{peak:9.0f}")
    print(f"{'first paper, cold process':26}{first * 1000:12.0f}")
    print(f"one warm process takes {one[1] / bare[1]:.2f} of the processor time of bare WeasyPrint")
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


def _together(processes: int, opened: Callable, folder: str, papers: int) -> tuple[float, float, float]:
    """Print with so many processes at once; return papers a second, processor seconds a paper, peak MB of one."""
    context = multiprocessing.get_context("spawn")
    ready, answers = context.Barrier(processes), context.SimpleQueue()
    lanes = [context.Process(target=_lane, args=(opened, folder, papers, ready, answers)) for _ in range(processes)]
    for lane in lanes:
        lane.start()
    found = [answers.get() for _ in lanes]
    for lane in lanes:
        lane.join()
    cpu = sum(cpu for _seconds, cpu, _peak in found) / (papers * processes)
    return sum(papers / seconds for seconds, _cpu, _peak in found), cpu, max(peak for _seconds, _cpu, peak in found)


def _lane(opened: Callable, folder: str, papers: int, ready: Barrier, answers) -> None:
    """Open a printer, warm it, wait for the others and print."""
    work, end = opened(folder)
    for _ in range(WARM_UP):
        work()
    ready.wait()
    began, cpu = time.perf_counter(), time.process_time()
    for _ in range(papers):
        work()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    more, peak = end()
    answers.put((took, cpu + more, peak))


def _ours(folder: str):
    """Return the work of the program's printer with its watched child.

    What children used is told when they have ended, so one is started and warmed beforehand to know what that costs.
    """
    printer = Printer(WORKSHOP, {"cache": folder})
    snapshot = _snapshot()

    def work() -> bytes:
        return printer.render(kind=KIND, version=VERSION, snapshot=snapshot)

    def used() -> tuple[float, float]:
        printer.close()
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    for _ in range(WARM_UP):
        work()
    warmed, _peak = used()

    def end() -> tuple[float, float]:
        cpu, peak = used()
        return cpu - 2 * warmed, peak

    return work, end


def _bare(_folder: str):
    """Return the work of WeasyPrint with nothing kept from paper to paper."""
    env, snapshot = pages.environment(), _snapshot()
    style = SYSTEM_FONTS + (pages.TEMPLATES / "paper.css").read_text("utf-8")

    def work() -> bytes:
        config = FontConfiguration()
        page = HTML(string=pages.html(env, KIND, VERSION, snapshot))
        return page.write_pdf(stylesheets=[CSS(string=style, font_config=config)], font_config=config)

    return work, lambda: (0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _snapshot() -> dict:
    return contract.snapshot(specimens.FULL[KIND])


if __name__ == "__main__":
    main()

"""A batch killed at 20 random moments and resumed each time writes what an undisturbed one writes, byte for byte.

The runs are forks of a process that has loaded everything, so that the kills meet the work and not the loading.
"""

import subprocess
import sys
from pathlib import Path

KILLS, DOCUMENTS = 20, 250
TEXT = "快手在2022年3月{}日屏蔽了淘宝的链接。商家表示：“我们很担心，销售额下降了{}%。”\n"

_PROGRAM = """
import os, random, signal, sys, time
from pathlib import Path
from ecomlink_nlp import extract
from ecomlink_nlp.cli import main

folder, output, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.argv = ["ecomlink", "extract", folder, "--emit", "document", "-o", output, "--resume", "-q"]
extract(Path(folder, "000.txt").read_text(encoding="utf-8"))
random_ = random.Random(8)
killed = 0
for attempt in range(kills):
    child = os.fork()
    if not child:
        main()
        os._exit(0)
    time.sleep(random_.uniform(0.0, 0.12))
    os.kill(child, signal.SIGKILL)
    killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    if os.path.exists(output):
        break
print(killed)
main()
"""


def run(folder: Path, output: Path, kills: int) -> int:
    command = [sys.executable, "-c", _PROGRAM, str(folder), str(output), str(kills)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return int(done.stdout)


def test_twenty_random_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = TEXT.format(number % 28 + 1, number) * 20
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    whole, resumed = tmp_path / "whole.jsonl", tmp_path / "resumed.jsonl"
    run(folder, whole, 0)
    assert run(folder, resumed, KILLS) == KILLS
    assert resumed.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["resumed.jsonl", "texts", "whole.jsonl"]

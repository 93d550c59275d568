"""No pattern of the package is slow on runs of its own words."""

import subprocess
import sys
from pathlib import Path

FUZZ = Path(__file__).parents[2] / "benchmarks" / "regex_fuzz.py"


def test_no_pattern_takes_more_than_the_stated_time_a_character():
    command = [sys.executable, str(FUZZ), "--length", "300", "--bound", "60"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

"""The log file of several processes: put aside when full, with no line lost, and old ones removed."""

import logging
import os
import subprocess
import sys
import time

from mmfast.platform.log_files import LogFile

WRITER = """
import logging, sys
from pathlib import Path
from mmfast.platform.log_files import LogFile
file = LogFile(Path(sys.argv[1]), max_bytes=2000)
for number in range(400):
    file.emit(logging.LogRecord("x", logging.INFO, "", 0, f"{sys.argv[2]}-{number}", None, None))
"""


def write(file, *texts):
    for text in texts:
        file.emit(logging.LogRecord("x", logging.INFO, "", 0, text, None, None))


def lines_in(folder):
    return [line for path in folder.iterdir() for line in path.read_text().splitlines()]


def test_a_full_file_is_put_aside(tmp_path):
    file = LogFile(tmp_path / "a.log", max_bytes=10)
    write(file, "0123456789", "next")
    file.close()
    assert (tmp_path / "a.log").read_text() == "next\n"
    assert sorted(lines_in(tmp_path)) == ["0123456789", "next"]


def test_several_processes_lose_no_line(tmp_path):
    path = tmp_path / "a.log"
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [subprocess.Popen([*command, str(number)]) for number in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(list(tmp_path.iterdir())) > 3
    assert sorted(lines_in(tmp_path)) == sorted(f"{w}-{n}" for w in range(3) for n in range(400))


def test_old_files_go_by_number_and_by_age(tmp_path):
    file = LogFile(tmp_path / "a.log", max_bytes=1, kept=3)
    write(file, *"abcdefgh")
    file.close()
    assert sorted(lines_in(tmp_path)) == ["e", "f", "g", "h"]
    ancient = time.time() - 3 * 86_400
    for path in tmp_path.glob("a-*"):
        os.utime(path, (ancient, ancient))
    aged = LogFile(tmp_path / "a.log", max_bytes=1, max_days=2)
    write(aged, "i", "j")
    aged.close()
    assert sorted(lines_in(tmp_path)) == ["h", "i", "j"]


def test_files_of_other_logs_stay(tmp_path):
    other = tmp_path / "a-notes.log"
    other.write_text("mine\n")
    file = LogFile(tmp_path / "a.log", max_bytes=1, kept=1)
    write(file, *"abcd")
    file.close()
    assert other.read_text() == "mine\n"

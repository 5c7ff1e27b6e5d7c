"""Progress at the terminal: a bar for people, lines for logs."""

import io

from mmfast.platform.progress import shown_progress


class Terminal(io.StringIO):
    """Text that goes to somebody who watches."""

    def isatty(self):
        return True


def test_a_pipe_gets_a_line_every_tenth():
    out = io.StringIO()
    with shown_progress("Working", out) as tell:
        for percent in (0, 4, 9, 15, 16, 58, 100):
            tell(percent, f"{percent} done")
    assert out.getvalue().splitlines() == [
        "Working: 0 % 0 done",
        "Working: 15 % 15 done",
        "Working: 58 % 58 done",
        "Working: 100 % 100 done",
    ]


def test_a_terminal_gets_a_bar():
    out = Terminal()
    with shown_progress("Working", out) as tell:
        tell(100, "all done")
    assert "Working" in out.getvalue()
    assert "100%" in out.getvalue()
    assert "all done" in out.getvalue()

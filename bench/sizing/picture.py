"""The sizing table as a picture: users by processors, both on logarithmic axes, as SVG and without a library."""

from math import log10

WIDTH, HEIGHT, MARGIN = 640, 400, 70
COLOURS = ("#666666", "#1f77b4", "#d95f02")


def _ticks(low: float, high: float) -> list[float]:
    return [10.0**power for power in range(int(log10(low)), int(log10(high)) + 2) if low <= 10.0**power <= high]


class Axes:
    """Where a value lies on the picture."""

    def __init__(self, across: list[float], up: list[float]) -> None:
        self.across = min(across), max(across)
        self.up = min(up), max(up)

    def x(self, value: float) -> float:
        return MARGIN + self._share(value, *self.across) * (WIDTH - 2 * MARGIN)

    def y(self, value: float) -> float:
        return HEIGHT - MARGIN - self._share(value, *self.up) * (HEIGHT - 2 * MARGIN)

    @staticmethod
    def _share(value: float, low: float, high: float) -> float:
        return log10(value / low) / log10(high / low) if high > low else 0.5


def draw(vcpus: list[int], lines: dict[str, list[int]]) -> str:
    """An SVG document with a line per name; a line that holds nothing measured (0) is left out."""
    shown = {name: users for name, users in lines.items() if all(users)}
    axes = Axes([float(n) for n in vcpus], [float(n) for users in shown.values() for n in users])
    parts = [f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 20}" text-anchor="middle">vCPUs</text>']
    parts += [_label(axes.x(n), HEIGHT - MARGIN + 20, f"{n}", "middle") for n in vcpus[::2]]
    parts += [_label(MARGIN - 8, axes.y(n) + 4, f"{n:,.0f}", "end") for n in _ticks(*axes.up)]
    for number, (name, users) in enumerate(shown.items()):
        points = " ".join(f"{axes.x(x):.0f},{axes.y(y):.0f}" for x, y in zip(vcpus, users, strict=True))
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_label(MARGIN + 10, 24 + 18 * number, name, "start", colour))
    body = "\n".join(parts)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'


def _label(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'

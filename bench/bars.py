"""A result as a picture: one horizontal bar a row, as SVG and without a library."""

from html import escape

WIDTH, LABEL, BAR, TOP = 760, 300, 24, 64


def draw(title: str, circumstances: str, bars: list[tuple[str, float]]) -> str:
    """An SVG document; the longest bar takes the whole width."""
    longest = max((value for _, value in bars), default=0.0) or 1.0
    parts = [
        f'<text x="10" y="22" font-size="16">{escape(title)}</text>',
        f'<text x="10" y="42" font-size="10" fill="#666666">{escape(circumstances)}</text>',
    ]
    for number, (label, value) in enumerate(bars):
        y = TOP + number * BAR
        length = value / longest * (WIDTH - LABEL - 70)
        parts += [
            f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR - 7}" fill="#1f77b4"/>',
            f'<text x="{LABEL + length + 6:.1f}" y="{y + 13}">{value:g}</text>',
        ]
    height = TOP + len(bars) * BAR + 10
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    body = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'

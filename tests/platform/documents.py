"""Small documents of every kind, made by hand."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF = f'xmlns:o="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0"'


def zip_of(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zip_of({"word/document.xml": f"<?xml version='1.0'?><w:document {W}><w:body>{body}</w:body></w:document>"})


def pptx(*slides: str) -> bytes:
    return zip_of(
        {
            f"ppt/slides/slide{n}.xml": f"<p:sld xmlns:p='p' {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
            for n, text in enumerate(slides, 1)
        }
    )


def xlsx(shared: list[str], number: int, inline: str) -> bytes:
    strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
    cells = f'<c t="s"><v>0</v></c><c><v>{number}</v></c><c t="inlineStr"><is><t>{inline}</t></is></c>'
    return zip_of(
        {
            "xl/sharedStrings.xml": f"<sst xmlns='x'>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet xmlns='x'><sheetData><row>{cells}</row></sheetData></worksheet>",
        }
    )


def odt(*paragraphs: str) -> bytes:
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return zip_of({"content.xml": f"<o:document-content {ODF}><o:body>{body}</o:body></o:document-content>"})


def pdf(text: str) -> bytes:
    """One page with one line."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + end

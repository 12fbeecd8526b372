/**
 * A PDF of one page, written by hand: no library is installed for it, and one page of text in the fonts that every reader has needs
 * no more than this. The format is that of ISO 32000-1; characters are those of Windows-1252, which hold both languages of the pages.
 */

const [pageWidth, pageHeight, margin] = [595, 842, 56];

/** How wide Helvetica's characters are, from the space on, in thousandths of the size. */
const widths =
  `278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556
1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556
333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584`
    .split(/\s+/)
    .map(Number);
const boldWidths =
  `278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611
975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556
333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584`
    .split(/\s+/)
    .map(Number);
const usualWidth = 556;

/** What Windows-1252 has under another number than Unicode, and what stands in for what it lacks. */
const others: Record<string, string> = {
  // There is no minus; a dash is as long as one.
  "−": "\x96",
  "–": "\x96",
  "—": "\x97",
  "’": "\x92",
  "“": "\x93",
  "”": "\x94",
  "…": "\x85",
  "€": "\x80",
  "•": "\x95",
  "\u00a0": " ",
  "\u202f": " ",
};

function encoded(text: string): string {
  return [...text]
    .map((one) => others[one] ?? (one.charCodeAt(0) < 32 || one.charCodeAt(0) > 255 || one.length > 1 ? "?" : one))
    .join("");
}

function widthOf(text: string, size: number, bold = false): number {
  const known = bold ? boldWidths : widths;
  const units = [...text].reduce((sum, one) => sum + (known[one.charCodeAt(0) - 32] ?? usualWidth), 0);
  return (units * size) / 1_000;
}

/** As much of a text as fits. */
function fitted(text: string, size: number, room: number, bold: boolean): string {
  const whole = encoded(text);
  if (widthOf(whole, size, bold) <= room) return whole;
  let end = whole.length;
  while (end > 0 && widthOf(`${whole.slice(0, end)}\x85`, size, bold) > room) end -= 1;
  return `${whole.slice(0, end)}\x85`;
}

/** A text in lines that fit; at most so many. */
function wrapped(text: string, size: number, room: number, most: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line === "" || widthOf(encoded(longer), size) <= room) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines.slice(0, most);
}

const literal = (text: string): string => `(${text.replace(/[\\()]/g, "\\$&")})`;

export interface Printed {
  title: string;
  /** Said in small letters at the top. */
  mark: string;
  facts: readonly (readonly [string, string])[];
  lines: readonly { text: string; span: string; sum: string }[];
  sums: readonly (readonly [string, string])[];
  /** Said below the sums. */
  memo?: string | null;
  /** Said at the foot of the page. */
  footer?: string | null;
  /** Says how many lines there are beyond those that fit. */
  more: (count: number) => string;
}

class Page {
  readonly #marks: string[] = [];
  y = pageHeight - margin;

  text(text: string, x: number, size: number, bold = false, room = pageWidth - margin - x): void {
    const font = bold ? "F2" : "F1";
    this.#marks.push(
      `BT /${font} ${size} Tf ${x.toFixed(2)} ${this.y.toFixed(2)} Td ${literal(fitted(text, size, room, bold))} Tj ET`,
    );
  }

  right(text: string, size: number, bold = false): void {
    const width = widthOf(encoded(text), size, bold);
    this.text(text, pageWidth - margin - width, size, bold, width + margin);
  }

  rule(): void {
    this.#marks.push(
      `0.75 G ${margin} ${(this.y + 12).toFixed(2)} m ${pageWidth - margin} ${(this.y + 12).toFixed(2)} l S`,
    );
  }

  down(by: number): void {
    this.y -= by;
  }

  content(): string {
    return this.#marks.join("\n");
  }
}

/** How many lines of what the seller has to say are printed. */
const mostSaid = 8;

function drawn(paper: Printed): string {
  const page = new Page();
  page.text(paper.mark, margin, 9);
  page.down(30);
  page.text(paper.title, margin, 20, true);
  page.down(32);
  for (const [name, value] of paper.facts) {
    page.text(name, margin, 10);
    page.text(value, margin + 120, 10);
    page.down(16);
  }
  page.down(20);
  const [memo, footer] = [paper.memo, paper.footer].map((text) =>
    text ? wrapped(text, 9, pageWidth - 2 * margin, mostSaid) : [],
  ) as [string[], string[]];
  const below = 20 + paper.sums.length * 18 + (memo.length + footer.length + 2) * 13;
  const room = Math.max(1, Math.floor((page.y - margin - below) / 30));
  const shown = paper.lines.length > room ? paper.lines.slice(0, room - 1) : paper.lines;
  for (const line of shown) {
    page.rule();
    page.text(line.text, margin, 10, false, pageWidth - 2 * margin - 110);
    page.right(line.sum, 10);
    page.down(12);
    page.text(line.span, margin, 8);
    page.down(18);
  }
  if (shown.length < paper.lines.length) {
    page.rule();
    page.text(paper.more(paper.lines.length - shown.length), margin, 10);
    page.down(30);
  }
  page.rule();
  paper.sums.forEach(([name, value], index) => {
    const last = index === paper.sums.length - 1;
    page.text(name, margin + 200, 10, last, 180);
    page.right(value, 10, last);
    page.down(18);
  });
  page.down(14);
  for (const line of memo) {
    page.text(line, margin, 9);
    page.down(13);
  }
  page.y = margin + (footer.length - 1) * 13;
  for (const line of footer) {
    page.text(line, margin, 9);
    page.down(13);
  }
  return page.content();
}

/** The bytes of the document. */
export function pdfOf(paper: Printed): Buffer<ArrayBuffer> {
  const content = drawn(paper);
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> /Contents 6 0 R >>`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title ${literal(encoded(paper.title))} >>`,
  ];
  let text = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  const rows = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  // Every character is one byte by now, so places count bytes.
  return Buffer.from(text, "latin1");
}

import { once } from "node:events";
import { createRequire } from "node:module";
import PdfDocument from "pdfkit";
import { EXPORT_PARTS, type ExportPart } from "../../../server/entitlements/input.ts";
import { formatDateTime } from "../format/dates.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { PART_COLUMNS } from "./organization-columns.server.ts";
import type { OrganizationData } from "./organization-data.server.ts";

type Document = InstanceType<typeof PdfDocument>;
type Words = { readonly t: Translate; readonly locale: Locale };
type Cells = readonly { readonly text: string; readonly width: number }[];

const MARGIN = 48;
const GAP = 8;
const [TITLE, HEADING, TEXT] = [20, 12, 8.5];
const [INK, MUTED, LINE] = ["#1a1a1a", "#5c5c5c", "#cccccc"];

/** An organization's data to read and print, in the reader's language: a table of each part, page by page as it is read. */
export async function* organizationPdf(data: OrganizationData, words: Words): AsyncGenerator<Uint8Array> {
  const { t, locale } = words;
  const { organization, plan, exportedAt } = data.head;
  const name = organization.name ?? t("organizations.personal");
  // One font that holds the letters of every alphabet that is written from left to right. Named at once: the default is
  // looked up where the built server does not have it.
  const fonts = createRequire(import.meta.url);
  const font = (style: string) => fonts.resolve(`dejavu-fonts-ttf/ttf/DejaVuSansCondensed${style}.ttf`);
  const document = new PdfDocument({
    ...{ size: "A4", margin: MARGIN, lang: locale, displayTitle: true, font: font("") },
    info: { Title: name, Creator: "Kraftverk", CreationDate: exportedAt },
  });
  const written: Uint8Array[] = [];
  document.on("data", (chunk: Uint8Array) => written.push(chunk));
  const ended = once(document, "end");
  document.registerFont("text", font(""));
  document.registerFont("strong", font("-Bold"));

  document.font("strong").fontSize(TITLE).fillColor(INK).text(name);
  document.font("text").fontSize(TEXT).fillColor(MUTED);
  if (plan) document.text(t("plans.mine.version", { plan: plan.name[locale], version: plan.version }));
  document.text(`${organization.id} · ${formatDateTime(exportedAt, locale, "table")}`);
  for (const part of EXPORT_PARTS) {
    yield* writePart(document, part, data, words);
    yield* written.splice(0);
  }
  document.end();
  await ended;
  yield* written.splice(0);

  async function* writePart(on: Document, one: ExportPart, from: OrganizationData, said: Words) {
    const { title, pdf } = PART_COLUMNS[one];
    const columns = pdf as readonly {
      title: typeof title;
      width: number;
      text: (row: never, words: Words) => string;
    }[];
    const header = columns.map(({ title: key, width }) => ({ text: t(key), width }));
    room(on, 60);
    on.moveDown(2).font("strong").fontSize(HEADING).fillColor(INK).text(t(title), MARGIN);
    on.moveDown(0.4);
    let empty = true;
    for await (const row of from.rows(one)) {
      if (empty) writeRow(on, header, "strong");
      empty = false;
      const cells = columns.map(({ text, width }) => ({ text: text(row as never, said), width }));
      if (room(on, heightOf(on, cells))) writeRow(on, header, "strong");
      writeRow(on, cells, "text");
      yield* written.splice(0);
    }
    if (empty) on.font("text").fontSize(TEXT).fillColor(MUTED).text(t("plans.export.nothing"), MARGIN);
  }
}

/** Begins a page where what comes would not fit on this one, and says whether it did. */
function room(document: Document, height: number): boolean {
  if (document.y + height <= document.page.height - MARGIN) return false;
  document.addPage();
  return true;
}

function placed(document: Document, cells: Cells): { text: string; x: number; width: number }[] {
  const all = cells.reduce((sum, { width }) => sum + width, 0);
  const share = (document.page.width - 2 * MARGIN - GAP * (cells.length - 1)) / all;
  let x = MARGIN;
  return cells.map(({ text, width }) => {
    const cell = { text, x, width: width * share };
    x += width * share + GAP;
    return cell;
  });
}

function heightOf(document: Document, cells: Cells): number {
  document.font("text").fontSize(TEXT);
  return (
    6 + Math.max(...placed(document, cells).map(({ text, width }) => document.heightOfString(text || " ", { width })))
  );
}

function writeRow(document: Document, cells: Cells, font: "text" | "strong"): void {
  const top = document.y;
  const height = heightOf(document, cells);
  document.font(font).fontSize(TEXT).fillColor(INK);
  for (const { text, x, width } of placed(document, cells)) document.text(text, x, top + 3, { width });
  const end = top + height;
  document
    .moveTo(MARGIN, end)
    .lineTo(document.page.width - MARGIN, end)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  document.x = MARGIN;
  document.y = end;
}

import { Zip, ZipDeflate } from "fflate";
import { EXPORT_PARTS, type ExportPart } from "../../../server/entitlements/input.ts";
import type { Translate } from "../i18n/translate.ts";
import { type CsvColumn, csvStream } from "../lists/csv.server.ts";
import type { Locale } from "../locale.ts";
import { PART_COLUMNS } from "./organization-columns.server.ts";
import { fileStem, type OrganizationData } from "./organization-data.server.ts";
import { organizationJson } from "./organization-json.server.ts";
import { organizationPdf } from "./organization-pdf.server.ts";

type File = readonly [name: string, content: AsyncIterable<Uint8Array | string>];

/** Everything of an organization in one file: the whole as JSON and as PDF, and each part as a table. Written as it is read. */
export async function* organizationZip(
  data: OrganizationData,
  words: { t: Translate; locale: Locale },
): AsyncGenerator<Uint8Array> {
  const folder = fileStem(data.head);
  const files: File[] = [
    [`${folder}/organization.json`, organizationJson(data)],
    [`${folder}/organization.pdf`, organizationPdf(data, words)],
    ...EXPORT_PARTS.map((part): File => [`${folder}/${PART_COLUMNS[part].file}`, csvOf(data, part)]),
  ];
  const written: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    written.push(chunk);
  });
  const encoder = new TextEncoder();
  for (const [name, content] of files) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = data.head.exportedAt;
    zip.add(entry);
    for await (const piece of content) {
      entry.push(typeof piece === "string" ? encoder.encode(piece) : piece);
      yield* written.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* written.splice(0);
  }
  zip.end();
  yield* written.splice(0);
}

function csvOf(data: OrganizationData, part: ExportPart): AsyncIterable<Uint8Array> {
  const columns = PART_COLUMNS[part].csv as readonly CsvColumn<never>[];
  return csvStream(data.rows(part) as AsyncIterable<never>, columns) as AsyncIterable<Uint8Array>;
}

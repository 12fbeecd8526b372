import { Readable } from "node:stream";
import { stringify } from "csv-stringify";

/** One column of a file: a stable name for programs, and a value that means the same in every language. */
export type CsvColumn<Row> = {
  readonly name: string;
  readonly value: (row: Row) => string | number | Date | null;
};

/**
 * Rows as comma-separated values, streamed as they are read: nobody waits for the last one, and none is kept. Dates are ISO
 * 8601 in UTC. A text that a spreadsheet would take for a formula is kept as text by an apostrophe before it.
 */
export function csvStream<Row>(rows: AsyncIterable<Row>, columns: readonly CsvColumn<Row>[]): ReadableStream {
  const lines = async function* () {
    for await (const row of rows) yield columns.map((column) => column.value(row));
  };
  const file = stringify({
    // Spreadsheets on Windows read UTF-8 only when it says so.
    bom: true,
    header: true,
    columns: columns.map((column) => column.name),
    escape_formulas: true,
    record_delimiter: "windows",
    cast: { date: (date) => date.toISOString() },
  });
  const source = Readable.from(lines(), { objectMode: true });
  source.on("error", (error) => file.destroy(error));
  return Readable.toWeb(source.pipe(file)) as ReadableStream;
}

import { describe, expect, test } from "vitest";
import { type CsvColumn, csvStream } from "./csv.server.ts";

type Row = { name: string | null; amount: number; at: Date };
const columns: CsvColumn<Row>[] = [
  { name: "name", value: (row) => row.name },
  { name: "amount", value: (row) => row.amount },
  { name: "at", value: (row) => row.at },
];
const at = new Date("2026-11-20T12:00:00Z");
async function* from(rows: Row[]) {
  yield* rows;
}
const write = async (rows: Row[]) => new Response(csvStream(from(rows), columns)).text();

describe("a list as comma-separated values", () => {
  test("has a heading, ISO dates, minor units as they are and a mark that it is UTF-8", async () => {
    const bytes = new Uint8Array(
      await new Response(csvStream(from([{ name: "Åsa", amount: -14_930, at }]), columns)).arrayBuffer(),
    );
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe("name,amount,at\r\nÅsa,-14930,2026-11-20T12:00:00.000Z\r\n");
  });

  test.each(["=cmd|' /C calc'!A0", "+46701234567", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])(
    "keeps %j as text, whatever a spreadsheet makes of it",
    async (name) => {
      const [, line] = (await write([{ name, amount: 1, at }])).split("at\r\n");
      expect(line).toMatch(/^"?'/);
    },
  );

  test("quotes what would break a line", async () => {
    expect(await write([{ name: 'a "b", c\nd', amount: 1, at }])).toContain('"a ""b"", c\nd",1,');
  });

  test("of nothing is the heading alone", async () => {
    expect(await write([])).toBe("name,amount,at\r\n");
  });

  test("breaks off where reading breaks off: half a file is never taken for a whole one", async () => {
    async function* failing() {
      yield { name: "a", amount: 1, at };
      throw new Error("the database is gone");
    }
    await expect(new Response(csvStream(failing(), columns)).text()).rejects.toThrow(/gone/);
  });
});

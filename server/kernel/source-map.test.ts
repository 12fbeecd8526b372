import { SourceMap } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findOrigin } from "./source-map.ts";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
function written(difference: number): string {
  let rest = difference < 0 ? (-difference << 1) | 1 : difference << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

const place = fc.record({ step: fc.nat(40), source: fc.nat(2), line: fc.nat(5_000), column: fc.nat(300) });
const bundle = fc.array(fc.array(place, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

function mappingsOf(lines: { step: number; source: number; line: number; column: number }[][]): string {
  let last = { source: 0, line: 0, column: 0 };
  return lines
    .map((places) =>
      places
        .map(({ step, source, line, column }) => {
          const fields = [step + 1, source - last.source, line - last.line, column - last.column];
          last = { source, line, column };
          return fields.map(written).join("");
        })
        .join(","),
    )
    .join(";");
}

test("a place is found where Node's own reader finds it", () => {
  fc.assert(
    fc.property(bundle, fc.nat(), fc.integer({ min: 1, max: 260 }), (lines, row, column) => {
      const line = 1 + (row % lines.length);
      const map = { sources: ["a.ts", "b.ts", "c.ts"], mappings: mappingsOf(lines) };
      const found = findOrigin(map, line, column);
      const first = (lines[line - 1]?.[0]?.step ?? Number.POSITIVE_INFINITY) + 1;
      // Where a line has nothing before the place, Node's goes on to look at the lines before it.
      if (column - 1 < first) {
        expect(found).toBeNull();
        return;
      }
      const entry = new SourceMap({
        version: 3,
        names: [],
        sourcesContent: [],
        file: "",
        sourceRoot: "",
        ...map,
      }).findEntry(line - 1, column - 1);
      const nodes = "originalSource" in entry && {
        source: entry.originalSource,
        line: entry.originalLine + 1,
        column: entry.originalColumn + 1,
      };
      expect(found).toEqual(nodes);
    }),
  );
});

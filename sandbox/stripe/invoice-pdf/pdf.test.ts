import { describe, expect, it } from "vitest";
import { pdfOf } from "./pdf.ts";

const line = (index: number) => ({ text: `Rad ${index} (a\\b)`, span: "1 maj 2027", sum: "99,00 kr" });
const made = (lines: number) =>
  pdfOf({
    title: "Faktura ABC-0001",
    mark: "Testläge",
    facts: [["Från", "Kraftverk Träning AB"]],
    lines: Array.from({ length: lines }, (_, index) => line(index)),
    sums: [["Summa", "−1 234,50 kr"]],
    memo: "Tack för förtroendet! ".repeat(12),
    footer: "Kraftverk AB\nOrg.nr 556000-0000",
    more: (count) => `och ${count} rader till`,
  }).toString("latin1");

describe("an invoice in print", () => {
  it("is a document whose table leads to each of its objects", () => {
    const text = made(3);
    expect(text.startsWith("%PDF-1.4\n")).toBe(true);
    expect(text.endsWith("%%EOF\n")).toBe(true);
    const table = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
    const rows = text.slice(table).split("\n").slice(3, 10);
    expect(rows).toHaveLength(7);
    rows.forEach((row, index) => {
      expect(text.slice(Number(row.slice(0, 10))).startsWith(`${index + 1} 0 obj`)).toBe(true);
    });
    const [, length, content = ""] = /<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(text) ?? [];
    expect(content.length).toBe(Number(length));
  });

  it("writes what would end a text, and letters that only one of the languages has", () => {
    const text = made(1);
    expect(text).toContain("(Rad 0 \\(a\\\\b\\))");
    expect(text).toContain("Tr\xe4ning");
    expect(text).toContain("(\x961 234,50 kr)");
  });

  it("says what the seller has to say, in lines that fit, and what stands at the foot", () => {
    const text = made(1);
    expect(text.match(/ Td \([^)]*f\xf6rtroendet[^)]*\) Tj/g)?.length).toBeGreaterThan(1);
    expect(text).toMatch(/ 69\.00 Td \(Kraftverk AB\)[\s\S]* 56\.00 Td \(Org\.nr 556000-0000\)/);
  });

  it("keeps to one page, and says how many lines are beyond it", () => {
    expect(made(200)).toMatch(/\(och 18\d rader till\)/);
    expect(made(200).match(/\/Type \/Page /g)).toHaveLength(1);
  });
});

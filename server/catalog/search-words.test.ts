import { describe, expect, it } from "vitest";
import { fold, searchWords } from "./search-words.ts";

describe("what is searched for", () => {
  it("is folded like the index", () => {
    expect(fold("TRÄNINGSVÄSKA")).toBe("traningsvaska");
    expect(fold("Ærø Café Ñandú")).toBe("aro cafe nandu");
  });

  it("is words, whatever else was typed", () => {
    expect(searchWords("  t-shirt & 'svart' | !:* ")).toEqual(["t", "shirt", "svart"]);
    expect(searchWords("':*&|!()<->")).toEqual([]);
    expect(searchWords("a b c d e f g h i j")).toHaveLength(8);
  });
});

import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogues, type MessageKey } from "../i18n/catalogues.ts";

/** Lists that stand on a record's own page, under forms that say what is next. */
const ON_A_RECORD = ["offer-showings"];

type Definition = { name: string; within?: string; empty: { ever: MessageKey; why?: MessageKey } };
const isDefinition = (value: unknown): value is Definition =>
  typeof value === "object" && value !== null && "empty" in value && "filters" in value;

const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z-]+\.ts$/.test(file));
const found = await Promise.all(
  files.map(async (file) => {
    const name = file.replace(".ts", "");
    const module: Record<string, unknown> = await import(`./${name}.ts`);
    return Object.values(module)
      .filter(isDefinition)
      .map((definition) => ({ file: name, definition }));
  }),
);
const lists = found.flat().filter(({ file, definition }) => !definition.within && !ON_A_RECORD.includes(file));

describe("an empty list of the back office", () => {
  it("is one of many", () => expect(lists.length).toBeGreaterThan(20));

  it.each(lists)(
    "$file says what comes there, in both languages and in other words than that it is empty",
    ({ definition: { empty } }) => {
      expect(empty.why).toBeDefined();
      for (const words of [catalogues.sv, catalogues.en]) {
        expect(words[empty.why ?? empty.ever]).not.toBe(words[empty.ever]);
      }
    },
  );
});

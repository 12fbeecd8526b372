import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../test/run-program.ts";
import { rememberKinds } from "./known-kinds.ts";

type Is = (value: unknown, type: unknown) => boolean;
const file = join(root, "node_modules/drizzle-orm/entity.js");
const code = readFileSync(file, "utf8");
const load = async (text: string): Promise<Is> =>
  ((await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { is: Is }).is;

test("what something is, is answered as the library answers it, the first time and again", async () => {
  const [theirs, ours] = [await load(code), await load(rememberKinds(file, code))];
  const kind = Symbol.for("drizzle:entityKind");
  class Column {
    static readonly [kind]: string = "Column";
    readonly name = "column";
  }
  class Text extends Column {
    static override readonly [kind]: string = "Text";
  }
  /** The same kind from another copy of the library. */
  class OtherText {
    static readonly [kind]: string = "Text";
    readonly name = "other";
  }
  class Plain {}
  const values = [new Text(), new Column(), new OtherText(), new Plain(), {}, [], "text", null, undefined, 7];
  for (let round = 0; round < 2; round++)
    for (const value of values)
      for (const type of [Column, Text, OtherText]) expect(ours(value, type)).toBe(theirs(value, type));
  expect(ours(new Text(), OtherText)).toBe(true);
  expect(ours(new Column(), Text)).toBe(false);
  expect(() => ours(new Plain(), class {})).toThrow(/look like a Drizzle entity/);
});

test("code that is not the one it was written for is refused", () => {
  expect(() => rememberKinds(file, code.replace("function is(value, type)", "function isOf(value, type)"))).toThrow(
    /not the code/,
  );
  expect(rememberKinds("/elsewhere/entity.ts", code)).toBe(code);
});

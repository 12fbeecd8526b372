import { describe, expect, it } from "vitest";
import { matcher, number, text, word } from "./fields.ts";
import { readQuery } from "./query.ts";

const fields = { amount: number("amount"), name: text("name"), status: word("status") };
const found = (query: string, object: object) => matcher(readQuery(query), fields, "customers")(object);

describe("a search", () => {
  const ada = { amount: 500, name: "Ada Lovelace", status: "active", metadata: { plan: "gold", "a b": "c" } };

  it("compares words whole, texts in part, numbers by size, and metadata by key in either quotes", () => {
    expect(found('status:"active"', ada)).toBe(true);
    expect(found("status:'ACTIVE'", ada)).toBe(true);
    expect(found('status:"act"', ada)).toBe(false);
    expect(found('name~"love"', ada)).toBe(true);
    expect(found("amount>499", ada)).toBe(true);
    expect(found("amount>=500 amount<=500", ada)).toBe(true);
    expect(found("amount<500", ada)).toBe(false);
    expect(found("metadata['plan']:'gold'", ada)).toBe(true);
    expect(found('metadata["a b"]:"c"', ada)).toBe(true);
  });

  it("joins by AND or by OR, denies, and asks for what is not there", () => {
    expect(found('status:"active" AND amount:1', ada)).toBe(false);
    expect(found('status:"active" OR amount:1', ada)).toBe(true);
    expect(found('-status:"canceled" AND -metadata["plan"]:null', ada)).toBe(true);
    expect(found('metadata["other"]:null', ada)).toBe(true);
    expect(found('-metadata["other"]:"x"', ada)).toBe(true);
  });

  it("is refused in the provider's words", () => {
    const wrong = (query: string) => () => found(query, ada);
    expect(wrong("hello")).toThrow("We were unable to parse your search query.");
    expect(wrong('status:"active" AND')).toThrow("We were unable to parse your search query.");
    expect(wrong('color:"red"')).toThrow("Field `color` is an unsupported search field for resource `customers`.");
    expect(wrong('status:"a" AND amount:1 OR amount:2')).toThrow("You can't combine `AND` and `OR`");
    expect(wrong('name~"lo"')).toThrow("at least 3 characters");
    expect(wrong("status>3")).toThrow("does not support the operator");
  });
});

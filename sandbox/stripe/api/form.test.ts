import { describe, expect, it } from "vitest";
import { StripeFault } from "./errors.ts";
import { parseForm } from "./form.ts";

const plain = (text: string) => JSON.parse(JSON.stringify(parseForm(text)));

describe("form bodies", () => {
  it("nest by brackets", () => {
    expect(plain("items[0][price]=price_1&items[0][quantity]=2&metadata[a b]=c%26d&mode=payment")).toEqual({
      items: { 0: { price: "price_1", quantity: "2" } },
      metadata: { "a b": "c&d" },
      mode: "payment",
    });
  });

  it("count empty brackets up", () => {
    expect(plain("expand[]=a&expand[]=b.c")).toEqual({ expand: { 0: "a", 1: "b.c" } });
  });

  it("keep names that mean something to the language as plain names", () => {
    const form = parseForm("metadata[__proto__]=x&metadata[constructor]=y");
    expect(Object.keys(form.metadata as object)).toEqual(["__proto__", "constructor"]);
    expect(Object.prototype).not.toHaveProperty("x");
  });

  it("refuse to nest without end", () => {
    expect(() => parseForm(`a${"[a]".repeat(20)}=1`)).toThrow(StripeFault);
  });
});

import { describe, expect, it } from "vitest";
import { StripeFault } from "./errors.ts";
import { parseForm } from "./form.ts";
import { mergeMetadata, metadata } from "./metadata.ts";
import { clearable, flag, hash, integer, later, list, oneOf, range, readAll, required, text } from "./params.ts";

const shape = {
  name: required(text(10)),
  count: integer(1, 9),
  on: flag(),
  note: clearable(text()),
  mode: oneOf(["payment", "setup", "subscription"]),
  lines: list(hash({ price: required(text()) })),
  metadata: metadata(),
  created: range(),
  coupon: later(),
};
const read = (form: string) => readAll(shape, parseForm(form));

function fault(form: string): { status: number; code: string | undefined; param: string | undefined; message: string } {
  try {
    read(form);
  } catch (error) {
    if (error instanceof StripeFault)
      return { status: error.status, code: error.body.code, param: error.body.param, message: error.message };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("parameters", () => {
  it("become values", () => {
    expect(
      read("name=a&count=3&on=true&note=&mode=setup&lines[0][price]=p&metadata[k]=v&created[gte]=5"),
    ).toMatchObject({
      name: "a",
      count: 3,
      on: true,
      note: null,
      mode: "setup",
      lines: [{ price: "p" }],
      metadata: { k: "v" },
      created: { gte: 5 },
    });
  });

  it("that are not sent are undefined", () => {
    expect(read("name=a")).toMatchObject({ count: undefined, note: undefined, metadata: undefined });
  });

  it.each([
    ["name=a&colour=red", "parameter_unknown", "colour", "Received unknown parameter: colour"],
    ["name=a&lines[0][prise]=p", "parameter_unknown", "lines[0][prise]", "Received unknown parameter: lines[0][prise]"],
    ["count=3", "parameter_missing", "name", "Missing required param: name."],
    ["name=a&lines[0][x]=", "parameter_unknown", "lines[0][x]", "Received unknown parameter: lines[0][x]"],
    ["name=a&count=abc", "parameter_invalid_integer", "count", "Invalid integer: abc"],
    ["name=a&count=1.5", "parameter_invalid_integer", "count", "Invalid integer: 1.5"],
    [
      "name=",
      "parameter_invalid_empty",
      "name",
      "You passed an empty string for 'name'. We assume empty values are an attempt to unset a parameter; however 'name' cannot be unset. You should remove 'name' from your request or supply a non-empty value.",
    ],
    ["name=a&on=yes", undefined, "on", "Invalid boolean: yes"],
    ["name=a&mode=gift", undefined, "mode", "Invalid mode: must be one of payment, setup, or subscription"],
    ["name=a&lines=x", undefined, "lines", "Invalid array"],
    ["name=a&created[gte]=x", "parameter_invalid_integer", "created[gte]", "Invalid integer: x"],
  ])("are refused as the provider does: %s", (form, code, param, message) => {
    expect(fault(form)).toEqual({ status: 400, code, param, message });
  });

  it("that are not simulated are an honest refusal", () => {
    expect(fault("name=a&coupon=SALE")).toMatchObject({
      status: 501,
      message: "The sandbox does not simulate the parameter 'coupon' yet.",
    });
  });

  it("of metadata keep the provider's limits", () => {
    expect(fault(`name=a&metadata[${"k".repeat(41)}]=v`).param).toBe("metadata");
    expect(fault(`name=a&metadata[k]=${"v".repeat(501)}`).param).toBe("metadata");
    const many = Array.from({ length: 51 }, (_, index) => `metadata[k${index}]=v`).join("&");
    expect(fault(`name=a&${many}`).message).toContain("50 metadata keys");
  });
});

describe("metadata", () => {
  it("merges, removes keys by empty values and everything by nothing", () => {
    expect(mergeMetadata({ a: "1", b: "2" }, { b: "", c: "3" })).toEqual({ a: "1", c: "3" });
    expect(mergeMetadata({ a: "1" }, undefined)).toEqual({ a: "1" });
    expect(mergeMetadata({ a: "1" }, null)).toEqual({});
  });
});

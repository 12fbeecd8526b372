import { expect, test } from "vitest";
import { headerKeeper, keptHeaders, shownHeaders } from "./kept-headers.ts";

test("only the listed headers are kept, cut after 200 characters, and printable", () => {
  const sent = new Headers({
    "user-agent": "a".repeat(201),
    "content-type": "text/\u00e5",
    "webhook-id": "",
    "webhook-timestamp": "1\t2",
    ...{ authorization: "Bearer x", cookie: "x=y", "stripe-signature": "t=1,v1=00", "webhook-signature": "v1,x" },
    ...{ "x-forwarded-for": "203.0.113.9", "signature-form": "mine", "signature-time": "mine" },
  });
  expect(keptHeaders(sent, "none")).toBe(`user-agent: ${"a".repeat(200)}\nsignature-form: none`);
});

test("the same headers again are the same text, any other are not", () => {
  const keep = headerKeeper("stripe v1");
  const read = (text: string) => Object.fromEntries(shownHeaders(text)?.map(({ name, value }) => [name, value]) ?? []);
  const sent = { "user-agent": "u", "content-type": "c", "webhook-id": "i", "webhook-timestamp": "1" };
  const first = keep(new Headers(sent), 7);
  expect(read(first)).toEqual({ ...sent, "signature-time": "7", "signature-form": "stripe v1" });
  expect(keep(new Headers(sent), 7)).toBe(first);
  for (const name of Object.keys(sent)) {
    expect(read(keep(new Headers({ ...sent, [name]: "9" }), 7))).toMatchObject({ ...sent, [name]: "9" });
    expect(keep(new Headers(sent), 7)).toBe(first);
  }
  expect(read(keep(new Headers(sent), 8))).toMatchObject({ "signature-time": "8" });
});

test("they are shown in one order, and a colon in a value stays", () => {
  const stored = "signature-form: none\ncontent-type: c: d\nuser-agent: u";
  expect(shownHeaders(stored)).toEqual([
    { name: "user-agent", value: "u" },
    { name: "content-type", value: "c: d" },
    { name: "signature-form", value: "none" },
  ]);
  expect(shownHeaders(null)).toBeNull();
});

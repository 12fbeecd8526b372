import { expect, test } from "vitest";
import { createSecretBox } from "./secret-box.ts";

const box = createSecretBox("a".repeat(32));
const plain = new TextEncoder().encode("twenty random bytes!");

test("what was sealed opens again, and never looks the same twice", () => {
  const one = box.seal(plain, "usr_1");
  expect(box.seal(plain, "usr_1")).not.toBe(one);
  expect(Buffer.from(box.open(one, "usr_1"))).toEqual(Buffer.from(plain));
});

test("it opens for nobody else, under no other secret, and not when a bit was changed", () => {
  const sealed = box.seal(plain, "usr_1");
  expect(() => box.open(sealed, "usr_2")).toThrow();
  expect(() => createSecretBox("b".repeat(32)).open(sealed, "usr_1")).toThrow();
  const bytes = Buffer.from(sealed, "base64url");
  bytes[14] = (bytes[14] ?? 0) ^ 1;
  expect(() => box.open(bytes.toString("base64url"), "usr_1")).toThrow();
});

test("a mark is the same for the same text, and another for another context or secret", () => {
  const mark = box.mark("12345-abcde", "usr_1");
  expect(box.mark("12345-abcde", "usr_1")).toBe(mark);
  expect(box.mark("12345-abcde", "usr_2")).not.toBe(mark);
  expect(createSecretBox("b".repeat(32)).mark("12345-abcde", "usr_1")).not.toBe(mark);
});

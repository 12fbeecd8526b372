import { createCipheriv, hkdfSync } from "node:crypto";
import { expect, test } from "vitest";
import { createSecretBox, markWith } from "./secret-box.ts";

const OLD = "a".repeat(32);
const NEW = "b".repeat(32);
const box = createSecretBox([OLD]);
const rotated = createSecretBox([NEW, OLD]);
const plain = new TextEncoder().encode("twenty random bytes!");

test("what was sealed opens again, and never looks the same twice", () => {
  const one = box.seal(plain, "usr_1");
  expect(box.seal(plain, "usr_1")).not.toBe(one);
  expect(Buffer.from(box.open(one, "usr_1"))).toEqual(Buffer.from(plain));
});

test("it opens for nobody else, under no other secret, and not when a bit was changed", () => {
  const sealed = box.seal(plain, "usr_1");
  expect(() => box.open(sealed, "usr_2")).toThrow();
  expect(() => createSecretBox([NEW]).open(sealed, "usr_1")).toThrow();
  const [name, text] = sealed.split(".") as [string, string];
  const bytes = Buffer.from(text, "base64url");
  bytes[14] = (bytes[14] ?? 0) ^ 1;
  expect(() => box.open(`${name}.${bytes.toString("base64url")}`, "usr_1")).toThrow();
  expect(() => box.open("", "usr_1")).toThrow();
});

test("a mark is the same for the same text, and another for another context or secret", () => {
  const mark = box.mark("12345-abcde", "usr_1");
  expect(box.mark("12345-abcde", "usr_1")).toBe(mark);
  expect(box.mark("12345-abcde", "usr_2")).not.toBe(mark);
  expect(createSecretBox([NEW]).mark("12345-abcde", "usr_1")).not.toBe(mark);
});

test("with a new secret before the old one, the new one seals and marks, and the old one still opens and is recognized", () => {
  const before = box.seal(plain, "usr_1");
  const after = rotated.seal(plain, "usr_1");
  for (const sealed of [before, after]) expect(Buffer.from(rotated.open(sealed, "usr_1"))).toEqual(Buffer.from(plain));
  expect([before.startsWith(rotated.present), after.startsWith(rotated.present)]).toEqual([false, true]);
  expect(Buffer.from(createSecretBox([NEW]).open(after, "usr_1"))).toEqual(Buffer.from(plain));
  expect(rotated.marks("code", "usr_1")).toEqual([
    createSecretBox([NEW]).mark("code", "usr_1"),
    box.mark("code", "usr_1"),
  ]);
  expect(rotated.mark("code", "usr_1")).toBe(rotated.marks("code", "usr_1")[0]);
  expect(markWith(rotated.oldestMarkingKey, "code", "usr_1")).toBe(box.mark("code", "usr_1"));
  expect([box.rotating, rotated.rotating]).toEqual([false, true]);
});

test("what was sealed before keys had names opens with whichever secret it was", () => {
  const key = Buffer.from(hkdfSync("sha256", OLD, "", "kraftverk:seal", 32));
  const nonce = Buffer.alloc(12, 7);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from("usr_1"));
  const nameless = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
    "base64url",
  );
  expect(Buffer.from(box.open(nameless, "usr_1"))).toEqual(Buffer.from(plain));
  expect(Buffer.from(rotated.open(nameless, "usr_1"))).toEqual(Buffer.from(plain));
});

import { describe, expect, test } from "vitest";
import { bearerKey, keyPrefix, looksLikeKey, newKeySecret } from "./key-secret.ts";

describe("an API key", () => {
  test("says which kind of shop it opens, and is never the same twice", () => {
    const [one, other] = [newKeySecret({ live: false }), newKeySecret({ live: false })];
    expect(one).toMatch(/^kv_test_[\w-]{43}$/);
    expect(newKeySecret({ live: true })).toMatch(/^kv_live_/);
    expect(one).not.toBe(other);
  });

  test("keeps four letters to be known by", () => {
    expect(keyPrefix(`kv_test_${"abcdefgh".repeat(6)}`)).toBe("kv_test_abcd");
  });

  test("is looked up only where it could be this shop's", () => {
    const live = newKeySecret({ live: true });
    expect(looksLikeKey(live, { live: true })).toBe(true);
    expect(looksLikeKey(live, { live: false })).toBe(false);
    expect(looksLikeKey(`${live}x`, { live: true })).toBe(false);
  });

  test.each([
    [null, null],
    ["", null],
    ["Basic kv_test_x", null],
    ["Bearer sk_test_x", null],
    ["Bearer kv_test_x kv_test_y", null],
    ["Bearer kv_test_x", "kv_test_x"],
    ["bearer  kv_live_x", "kv_live_x"],
  ])("is read from %j as %j", (header, key) => expect(bearerKey(header)).toBe(key));
});

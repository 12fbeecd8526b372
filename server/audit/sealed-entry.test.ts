import { expect, test } from "vitest";
import { type EntryText, GENESIS, sealHash } from "./sealed-entry.ts";

const entry: EntryText = {
  id: "aud_1",
  actor: "staff:usr_1",
  action: "webhooks.replay",
  subject: "stripe:evt_1",
  reason: "asked for",
  detail: null,
  fact_key: null,
  request_id: "req-1",
  at: "2026-11-20T12:00:00.000001Z",
};

test("the hash does not depend on the order of keys, and changes with every field and with the link before", () => {
  const hash = sealHash(GENESIS, entry);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(sealHash(GENESIS, Object.fromEntries(Object.entries(entry).reverse()) as EntryText)).toBe(hash);
  const others = Object.keys(entry).map((key) => sealHash(GENESIS, { ...entry, [key]: "other" }));
  expect(new Set([hash, sealHash(hash, entry), ...others]).size).toBe(2 + others.length);
});

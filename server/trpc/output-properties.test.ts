import { describe, expect, test } from "vitest";
import { listedOnly, readListed, unlisted } from "../../scripts/test/output-properties.ts";
import { PROCEDURES } from "./authorization-table.ts";

const listed = readListed();
const open = Object.keys(PROCEDURES).filter((path) =>
  ["public", "customer", "verified"].includes(String(PROCEDURES[path])),
);

/** What is never told. */
const SECRET = /password|hash|secret|token|sealed|cookie|idempotency|stripe(Customer|Subscription)|totp|ipAddress/i;
/** Where such a word is told all the same, and to whom. */
const MEANT: Readonly<Record<string, string>> = {
  "apiKeys.make secret": "the key that was just made, once",
  "apiKeys.organization.make secret": "the key that was just made, once",
  "billing.memberships.quote sealed": "what was shown, for the confirmation to send back; nobody but the shop opens it",
  "billing.memberships.quoteSeats sealed":
    "what was shown, for the confirmation to send back; nobody but the shop opens it",
  "billing.memberships.quoteUnits sealed":
    "what was shown, for the confirmation to send back; nobody but the shop opens it",
  "entitlements.token token": "the signed token that was asked for",
  "identity.factors.list totpSince": "since when there is an authenticator app",
  "identity.factors.passkeys.options extensions.hmacCreateSecret": "a name of the standard for passkeys",
  "identity.passkeyQuestion extensions.hmacCreateSecret": "a name of the standard for passkeys",
};

describe("R29: what a caller is told", () => {
  test("every procedure of visitors and customers has its list, and nothing else has", () => {
    expect([...listed.keys()].toSorted()).toEqual(open.toSorted());
  });

  test("no list has a secret on it", () => {
    const told = [...listed].flatMap(([path, names]) => names.map((name) => `${path} ${name}`));
    const secret = told.filter((one) => SECRET.test(one.split(" ")[1] ?? ""));
    expect(secret.filter((one) => !(one in MEANT))).toEqual([]);
    expect(Object.keys(MEANT).filter((one) => !secret.includes(one))).toEqual([]);
  });

  test("every answer in every test with a database is held to its list", async () => {
    const caller = { identity: { me: async () => ({ session: { passwordHash: "x" } }) } };
    await expect(listedOnly(caller).identity.me()).rejects.toThrow("identity.me answers");
    const paths = ["items[].id", "items[].name.*", "at"];
    expect(unlisted({ items: [{ id: 1, name: { sv: "", en: "" } }], at: new Date() }, paths)).toEqual([]);
    expect(unlisted({ items: [{ id: 1 }, { secret: 2, id: 2 }], more: null, gone: undefined }, paths)).toEqual([
      "items[].secret",
      "more",
    ]);
  });
});

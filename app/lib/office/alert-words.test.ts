import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alertDetail, alertWord, chainProblem, hasAlertWord, ledgerProblem } from "./alert-words.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const sources = ["server", "worker"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
    .map((name) => ({ name, text: readFileSync(join(ROOT, folder, name), "utf8") })),
);

/** What the code writes, an example in the place of each blank. */
const filled = (text: string) =>
  text.replaceAll(/\$\{[^}]*\}/g, (blank) => EXAMPLES.find(([says]) => says.test(blank))?.[1] ?? "x_1");
const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/problems\.join/, "it names another purchase"],
  [/problems\.slice/, "seal 3 is missing"],
  [/\{what\}/, "payment"],
  [/\{trial/, "with a"],
  [/count|attempts|length|failures|waiting|claimed|allowed|percent|bad|seconds|quantity|more/, "3"],
  [/position|seq|before|posted|held|sum|[aA]mount|recurring/, "3"],
];

/** Every text that matches, each with what it says in Swedish. */
function written(says: RegExp, inFiles: RegExp): string[] {
  return sources
    .filter(({ name }) => inFiles.test(name))
    .flatMap(({ text }) => [...text.matchAll(says)].map((found) => filled(found[1] ?? "")));
}

describe("alerts in words", () => {
  it("every kind that the operators' book knows has a name in both languages", () => {
    const book = readFileSync(join(ROOT, "docs/operations.md"), "utf8");
    const kinds = [...book.matchAll(/^\| `([a-z_]+\.[a-z_]+)`/gm)].map((found) => found[1] ?? "");
    expect(kinds.length).toBeGreaterThan(25);
    expect(kinds.filter((kind) => !hasAlertWord(kind))).toEqual([]);
    for (const kind of kinds) expect(alertWord(kind, "sv"), kind).not.toBe(alertWord(kind, "en"));
    expect(alertWord("made.up", "sv")).toBe("made.up");
  });

  it("every sentence that the code writes into one has words", () => {
    const details = [/detail(?::| =)\s*`([^`\n]+)`/g, /detail(?::| =)\s*"([A-Z][^"\n]+ [^"\n]+)"/g].flatMap((says) =>
      written(says, /^(?!webhooks\/endpoint-plan|providers)/),
    );
    expect(details.length).toBeGreaterThan(20);
    expect(details.filter((text) => alertDetail(text, "sv") === text)).toEqual([]);
  });

  it("so has everything that can be wrong with the two chains of records", () => {
    const chain = written(/`((?:the links|entry|link) [^`]+)`/g, /^audit\/verify-chain/);
    expect(chain.length).toBeGreaterThan(4);
    expect(chain.filter((text) => chainProblem(text, "sv") === text)).toEqual([]);
    const ledger = written(/`((?:account|seals?|posting|balance|and) [^`]+)`/g, /^ledger\/ledger-check/);
    expect(ledger.length).toBeGreaterThan(9);
    expect(ledger.filter((text) => ledgerProblem(text, "sv") === text)).toEqual([]);
  });

  it("tells what does not match on a payment page, part by part, with amounts as amounts", () => {
    const detail =
      "Payment page cs_1 does not match the purchase: its total is 1 instead of 39900; it names another purchase. Nothing was fulfilled.";
    expect(alertDetail(detail, "sv")).toBe(
      "Betalsidan cs_1 stämmer inte med köpet: summan är 0,01 i stället för 399,00; den hör till ett annat köp. Inget har levererats.",
    );
    const mismatches = [/`((?:it|its|the) [^`\n]+)`/g, /"((?:it|its|the) [^"`\n]+)"/g].flatMap((says) =>
      written(says, /session-check/),
    );
    expect(mismatches.length).toBeGreaterThan(10);
    for (const one of mismatches) {
      const text = `Payment page cs_1 does not match the purchase: ${one}. Nothing was fulfilled.`;
      expect(alertDetail(text, "sv"), one).not.toContain(one);
    }
  });

  it("tells price by price why a campaign's are not used, whatever the reason", () => {
    const detail =
      "The default price is shown and charged. price_1 for oppet: The price is archived in Stripe. price_2 for dagtid: The price is not below the default price.";
    expect(alertDetail(detail, "sv")).toBe(
      "Ordinarie pris visas och dras. price_1 för oppet: Priset är arkiverat i Stripe. price_2 för dagtid: Priset är inte lägre än ordinarie pris.",
    );
    const reasons = written(/en: "(The (?:price|product|months)[^"]+)"/g, /^pricing\/loss-reason/);
    expect(reasons.length).toBeGreaterThan(7);
    // One that is still being asked about alerts nobody.
    for (const reason of reasons.filter((one) => !one.includes("not been read"))) {
      const text = `The default price is shown and charged. price_1 for oppet: ${reason}`;
      expect(alertDetail(text, "sv"), reason).not.toContain(reason);
      expect(alertDetail(text, "en"), reason).toBe(text);
    }
  });

  it("says of an organization's plan what it should be, and nothing of the provider, who knows of no plans", () => {
    const text = "The organization org_1 has the plan pilot instead of pro. Applying it again did not help.";
    expect(alertDetail(text, "sv")).toBe(
      "Organisationen org_1 ska ha planen pro men har pilot. Det gick inte att ge den rätt plan.",
    );
  });

  it("keeps what a provider said itself", () => {
    expect(alertDetail("A mail could not be delivered: 550 no such user", "sv")).toBe(
      "Ett mejl kunde inte levereras: 550 no such user",
    );
    expect(alertDetail("Somebody wrote this by hand", "sv")).toBe("Somebody wrote this by hand");
    expect(
      alertDetail(
        "The subscription sub_1 could not be brought to what the provider holds: status active here, nothing there.",
        "sv",
      ),
    ).toBe("Det gick inte att få sub_1 (abonnemang) att stämma med Stripe: status är active här, inget där.");
  });
});

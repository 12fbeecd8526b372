import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS } from "../../../server/kernel/audit-actions.ts";
import { appRouter } from "../../../server/trpc/router.ts";
import { t } from "../i18n/translate.ts";
import { actorWord, actWord } from "./act-words.ts";
import { causeWords, effectWords, postedWord, reasonWords } from "./told-words.ts";

const ROOT = new URL("../../../server", import.meta.url).pathname;
const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes(".test.") && !name.startsWith("client/"))
  .map((name) => ({ name, text: readFileSync(join(ROOT, name), "utf8") }));

/** What the code writes, an example in the place of each blank. */
const filled = (text: string) => text.replaceAll(/\$\{[^}]*\}/g, (blank) => EXAMPLES[blank] ?? "x_1");
const EXAMPLES: Readonly<Record<string, string>> = {
  "${origin.version}": "3",
  "${ids.length}": "4",
  "${theirs.length}": "4",
  "${granted.credits}": "5",
  "${invoice.status}": "open",
  '${status.replace("_", " ")}': "awaiting payment",
  '${subscription.status.replace("_", " ")}': "past due",
  '${moneyMoved ? "; an alert was raised" : ""}': "",
  "${what}": "payment",
  "${field}": "invoice",
};
/** What stands in quotes after `before`, and says something itself. */
const QUOTED = /(?:"([^"\n]+)"|`([^`\n]+)`)/.source;
const written = (before: RegExp) =>
  sources.flatMap(({ name, text }) =>
    [...text.matchAll(new RegExp(before.source + QUOTED, "gs"))]
      .map((found) => ({ name, text: filled(found[1] ?? found[2] ?? "") }))
      .filter((one) => /[a-z]{3}/.test(one.text.replaceAll(/x_1|\$\{.*/g, ""))),
  );
const unsaid = (text: string, swedish: string) =>
  swedish === text || /\{|\b(the|was|were|had|nothing)\b/i.test(swedish);

/** What else stands in quotes nearby: states and locks. */
const NOT_CAUSES = new Set(["update", "reserved", "rejected", "generic_decline"]);

describe("what the server keeps in short English", () => {
  it("has words for every cause and reason that the code writes", () => {
    // Mails have words of their own (`letters.…`); the reason of an outcome unknown is the provider's.
    const causes = [
      ...written(/(?:transition|converge|begin)\([^;]*?(?:cause|reason): /),
      ...written(/const cause = [^;]*?/),
      ...written(/(?:recordSubscription|settleChanges|completeOrder|releaseOf)\([^;]*?/),
      ...written(/\.reason \?\? /),
    ];
    expect(causes.length).toBeGreaterThan(15);
    expect(causes.filter(({ text }) => !NOT_CAUSES.has(text) && unsaid(text, causeWords(text, "sv")))).toEqual([]);
  });

  it("has words for everything that a webhook is said to have led to", () => {
    const effects = [
      ...written(/\balso\??\.?\(\s*tx,\s*/),
      ...written(/\balso\??\.?\(\s*tx,[^;"`]*\?\s*/),
      ...written(/\balso\??\.?\(\s*tx,[^;]*?["`]\s*:\s*/),
      ...written(/\bdone\(/),
      ...written(/effect(?: =|:) /),
      ...written(/superseded: \(tx\) => \w+\(tx, /),
      ...written(/(?:return|\?|(?<!detail):) +/).filter(({ name }) =>
        /converge-|stripe-parents|recheck-stripe|stripe-verifier/.test(name),
      ),
    ].filter(({ text }) => /^[A-Z\d].*\.$/.test(text));
    expect(effects.length).toBeGreaterThan(25);
    expect(effects.filter(({ text }) => unsaid(text, effectWords(text, "sv")))).toEqual([]);
  });

  it("has words for both ways into a company by its domain", () => {
    for (const way of ["join", "ask"])
      expect(causeWords(`gym.example: ${way}`, "en")).toMatch(/^gym\.example: people .* join/);
  });

  it("has words for everything that is booked", () => {
    const kinds = sources
      .flatMap(({ text }) => [...text.matchAll(/kind: [^;\n]*?"((?:payment|credits)\.[a-z_]+)"/g)])
      .map((found) => found[1] ?? "");
    expect(kinds).toEqual(expect.arrayContaining(["payment.captured", "credits.granted"]));
    for (const kind of kinds) expect(postedWord(kind, "sv"), kind).not.toBe(kind);
  });

  it("has words for every event that an organization's plan follows", () => {
    const events = sources.find(({ name }) => name === "events.ts")?.text ?? "";
    const followed = [...events.matchAll(/"(subscription\.\w+)": \[\s*plan\(\)/g)].map((found) => found[1] ?? "");
    expect(followed).toEqual(expect.arrayContaining(["subscription.activated", "subscription.seats_changed"]));
    for (const event of followed) {
      const told = causeWords(`${event} sub_01k`, "sv");
      expect(told, event).toMatch(/^Medlemskapet: /);
      expect(told, event).not.toContain("_");
      expect(told, event).not.toBe(causeWords(`${event} sub_01k`, "en"));
    }
  });

  it("writes amounts as money and roles as words", () => {
    expect(causeWords("39900 → 42900 SEK: dearer steel", "sv")).toBe(
      "från 399,00\u00a0kr till 429,00\u00a0kr: dearer steel",
    );
    expect(causeWords("Anna: member → admin", "sv")).toBe("Anna: från Medlem till Administratör");
    expect(causeWords("declined: funds", "en")).toBe("The card did not have enough funds.");
    expect(effectWords("Order ord_1 is completed. 100 credits were granted.", "sv")).toMatch(
      /^Ordern ord_1 är .*100 krediter/,
    );
    const told = (action: string, reason: string) => reasonWords({ action, reason }, "sv");
    expect(told("inventory.adjust", "var_1 at warehouse: -5; damaged; fell; hard")).toBe(
      "−5 på warehouse, Skadat, fell; hard",
    );
    expect(told("pricing.add_price", "29950 SEK once every variant")).toBe("299,50\u00a0kr, en gång, alla varianter");
    expect(told("pricing.add_price", "39900 SEK month var_1")).toBe("399,00\u00a0kr, varje månad, var_1");
    expect(causeWords("The customer rang and asked", "sv")).toBe("The customer rang and asked");
  });
});

describe("who did what", () => {
  it("has words for every action, in both languages", () => {
    for (const action of AUDIT_ACTIONS) expect(actWord(action, "sv"), action).not.toBe(actWord(action, "en"));
  });

  it("knows every change by staff that records itself by its own name", () => {
    const known = new Set<string>(AUDIT_ACTIONS);
    const recorded = new Set(SELF_RECORDED);
    for (const [path, { _def }] of Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)) {
      if (_def.type !== "mutation" || typeof _def.meta?.access === "string") continue;
      expect(known.has(path) || recorded.has(path), `${path}: words in acts.ts, or its use case records an act`).toBe(
        true,
      );
    }
  });

  it("names people, and says what acted where it was nobody", () => {
    expect(actorWord("staff:usr_1", "Anna Ek", t("sv"))).toBe("Anna Ek");
    expect(actorWord("system:payments", null, t("sv"))).toBe("Systemet");
    expect(actorWord("staff:usr_1", null, t("sv"))).toBe("usr_1");
    expect(actorWord(null, null, t("sv"))).toBeNull();
  });
});

type Procedure = { readonly _def: { readonly type: string; readonly meta?: { readonly access?: unknown } } };

/** Their use cases record an act with a name of its own. */
const SELF_RECORDED = `announcements.deliveries.redeliver announcements.endpoints.add announcements.endpoints.rotate
announcements.endpoints.set apiKeys.revokeOfCustomer billing.changeRules.save billing.changeRules.saveOfOrganization billing.office.end billing.office.giveDiscount
billing.office.giveFreeTime company.save credits.office.adjust credits.office.decideAdjustment
credits.office.decideReclaim customers.flag entitlements.office.endOverride entitlements.office.setOverride
fulfilment.move identity.impersonation.begin identity.staff.changeRole identity.staff.invite
identity.staff.setAccountDisabled identity.staff.withdraw messaging.emails.resend offers.switch
organizations.office.assignSeat organizations.office.changeRole organizations.office.handOverPayment
organizations.office.giveUpDomain organizations.office.removeMember organizations.office.revokeSeat organizations.office.withdrawInvitation
payments.refunds.request plans.discardDraft plans.migrations.begin
plans.migrations.start plans.migrations.steer plans.migrations.takeBack plans.publish plans.retire
plans.saveDraft plans.startDraft pricing.campaigns.editor.create pricing.campaigns.editor.discard
pricing.campaigns.editor.end pricing.campaigns.editor.note pricing.campaigns.editor.publish
pricing.campaigns.editor.resume pricing.campaigns.editor.save pricing.receipts.recheck products.addMedia
products.addPrice products.addVariant products.changePrice products.create products.edit products.editMedia
products.editVariant queue.jobs.giveUp queue.jobs.retry queue.jobs.retryMany reporting.export webhooks.alerts.resolve
webhooks.batches.confirm webhooks.batches.stop webhooks.events.discard webhooks.events.replay withdrawals.approve
withdrawals.closeDisputed withdrawals.refuse withdrawals.statements.attach withdrawals.statements.carryOut withdrawals.statements.dismiss`.split(
  /\s+/,
);

import { describe, expect, test } from "vitest";
import type { TemplateName, TemplateProps } from "../mail-templates.ts";
import { SECRET_LINK } from "../secret-placeholder.ts";
import { mailTemplates } from "./index.tsx";

const company = {
  name: "Kraftverk Träning AB",
  orgNumber: "559999-0001",
  vatNumber: "SE559999000101",
  address: "Turbingatan 4, Malmö",
  email: "hej@kraftverk.test",
};
const templates = mailTemplates({ baseUrl: "https://shop.example", company });
const NBSP = "\u00a0";

const order: TemplateProps["order-confirmation"] = {
  number: "KV-10001",
  placedAt: new Date("2026-11-20T18:04:00Z"),
  currency: "SEK",
  lines: [
    { name: "Linne svart M", quantity: 2, totalAmount: 59_800, taxRateBps: 2500 },
    { name: "Öppet", quantity: 1, totalAmount: 29_900, taxRateBps: 600 },
  ],
  totalAmount: 89_700,
  trial: null,
  taxes: [
    { rateBps: 600, amount: 1_692 },
    { rateBps: 2500, amount: 11_960 },
  ],
  card: { brand: "Visa", last4: "4242" },
  shippingAddress: {
    name: "Anna <b>Andersson</b>",
    line1: "Storgatan 1",
    line2: null,
    postalCode: "211 42",
    city: "Malmö",
    country: "SE",
  },
  withdrawal: ["goods", "service_started"],
  orderUrl: SECRET_LINK,
};
const failed: TemplateProps["payment-failed"] = {
  occasion: "renewal",
  productName: "Öppet",
  sum: { amount: 39_900, currency: "SEK" },
  declineClass: "expired",
  nextAttemptAt: new Date("2026-11-23T10:00:00Z"),
  graceEndsAt: new Date("2026-12-04T10:00:00Z"),
  actionUrl: "https://shop.example/account/billing",
};
const started: TemplateProps["membership-started"] = {
  productName: "Test Kund",
  price: { amount: 29_900, currency: "SEK" },
  interval: { unit: "month", count: 1 },
  campaign: { name: "Novemberkampanj", durationMonths: null, later: null },
  trial: null,
  nextPaymentAt: new Date("2026-12-20T10:00:00Z"),
  next: { amount: 29_900, currency: "SEK" },
  accountUrl: "https://shop.example/account/membership",
};
const trial = { endsAt: new Date("2026-12-04T10:00:00Z"), noticeDays: 3 };
const changed: TemplateProps["membership-change"] = {
  what: "plan_scheduled",
  productName: "Öppet Plus",
  newProductName: "Dagtid",
  at: new Date("2026-12-20T10:00:00Z"),
  until: null,
  price: { amount: 29_900, currency: "SEK" },
  fullPrice: null,
  priceBefore: null,
  interval: { unit: "month", count: 1 },
  nextPaymentAt: new Date("2026-12-20T10:00:00Z"),
  refund: null,
  payUrl: null,
  ofPlan: false,
  accountUrl: "https://shop.example/account/membership",
};
const renewed: TemplateProps["renewal-receipt"] = {
  occasion: "renewal",
  number: "KV-0002",
  paidAt: new Date("2026-12-20T11:00:00Z"),
  productName: "Test Kund",
  periodStartAt: new Date("2026-12-20T10:00:00Z"),
  periodEndAt: new Date("2027-01-20T10:00:00Z"),
  total: { amount: 29_900, currency: "SEK" },
  tax: { rateBps: 600, amount: 1_692 },
  card: { brand: "Visa", last4: "4242" },
  nextPaymentAt: new Date("2027-01-20T10:00:00Z"),
  next: { amount: 29_900, currency: "SEK" },
  ofPlan: false,
  accountUrl: "https://shop.example/account/membership",
};
const withdrawn: TemplateProps["withdrawal-received"] = {
  number: "KV-10001",
  receivedAt: new Date("2026-11-20T18:04:00Z"),
  lines: [{ name: "Test Kund", quantity: 1 }],
  refund: { amount: 20_000, currency: "SEK" },
  refundDueAt: new Date("2026-12-04T18:04:00Z"),
  card: { brand: "Visa", last4: "4242" },
  used: { days: 10, ofDays: 30 },
  follows: "refund",
  endsMembership: true,
  orderUrl: SECRET_LINK,
};
const stated: TemplateProps["withdrawal-stated"] = {
  number: "KV-10001",
  name: "Anna Andersson",
  email: "anna@example.se",
  receivedAt: new Date("2026-11-20T18:04:00Z"),
  follows: "confirm",
  withdrawUrl: SECRET_LINK,
};
const samples: { readonly [Name in TemplateName]: TemplateProps[Name] } = {
  "welcome-verify": { name: "Anna" },
  "account-exists": {},
  "change-email": {},
  "email-in-use": {},
  "email-changed": {},
  "staff-invitation": {},
  "organization-invitation": { organization: "Kvarnen AB", invitedBy: "Anna", role: "member" },
  "organization-newcomer": {
    organization: "Kvarnen AB",
    who: "Anna",
    email: "anna@kvarnen.se",
    what: "full",
    url: "https://shop.example/account/organization",
  },
  "organization-answer": {
    organization: "Kvarnen AB",
    accepted: true,
    url: "https://shop.example/account/organization",
  },
  "reset-password": {},
  "order-confirmation": order,
  "payment-failed": failed,
  "payment-notice": {
    what: "payer",
    productName: "PromptForge Pro",
    organization: "Kvarnen AB",
    sum: { amount: 4_900, currency: "USD" },
    nextPaymentAt: new Date("2026-12-20T10:00:00Z"),
    card: { brand: "Visa", last4: "4242" },
    url: SECRET_LINK,
  },
  "membership-started": started,
  "trial-ending": {
    productName: "Gruppass",
    endsAt: trial.endsAt,
    price: { amount: 34_900, currency: "SEK" },
    interval: { unit: "month", count: 1 },
    ofPlan: false,
    accountUrl: SECRET_LINK,
  },
  "membership-change": changed,
  "renewal-receipt": renewed,
  "withdrawal-received": withdrawn,
  "withdrawal-lowered": {
    ...{ number: "KV-10001", reason: "Väskan är repad.", orderUrl: SECRET_LINK },
    ...{ sum: { amount: 29_900, currency: "SEK" }, whole: { amount: 39_900, currency: "SEK" } },
  },
  "withdrawal-refused": { number: "KV-10001", reason: "Varan är använd.", orderUrl: SECRET_LINK },
  "withdrawal-link": { number: "KV-10001", withdrawUrl: SECRET_LINK },
  "withdrawal-stated": stated,
  "withdrawal-dismissed": { number: "KV-10001", reason: "Köpet är redan återbetalt." },
  "credits-low": { available: 19, below: 20, creditsUrl: "https://shop.example/account/credits" },
  "top-up-failed": { reason: "declined", settingsUrl: "https://shop.example/account/credits/settings" },
  "goods-shipped": {
    number: "KV-10001",
    lines: [{ name: "Linne svart M", quantity: 2 }],
    shippingAddress: order.shippingAddress,
    carrier: "PostNord",
    trackingNumber: "JJSE 1234",
    trackingUrl: "https://parcels.example/JJSE1234",
    orderUrl: SECRET_LINK,
  },
  "refund-made": {
    number: "KV-10001",
    sum: { amount: 20_000, currency: "SEK" },
    card: { brand: "Visa", last4: "4242" },
    orderUrl: SECRET_LINK,
  },
};
const names = Object.keys(samples) as TemplateName[];

describe.each(["sv", "en"] as const)("every mail in %s", (locale) => {
  test.each(names)("%s has a subject, both bodies, the sender, and no gap", async (name) => {
    const mail = await templates.render(name, locale, samples[name]);
    expect(mail).toMatchObject({ template: name, locale, host: "shop.example" });
    expect(mail.subject).not.toBe("");
    for (const body of [mail.html, mail.text]) {
      expect(body).not.toMatch(/undefined|\bnull\b|NaN|\[object|Invalid|\{\w+\}/);
      for (const fact of [company.name, company.orgNumber, company.vatNumber, company.email])
        expect(body).toContain(fact);
    }
    expect(mail.html).toMatch(new RegExp(`^<!DOCTYPE html [^>]+><html dir="ltr" lang="${locale}"`));
    // Marks by which a page comes alive in a browser have no place in a letter.
    expect(mail.html).not.toMatch(/<!--( |\$|\/\$)-->|data-react/);
    expect(mail.text).not.toMatch(/<(p|a|td|table|br|span|style)\b/);
  });

  test.each(["welcome-verify", "account-exists", "reset-password"] as const)(
    "%s has its secret link in both bodies",
    async (name) => {
      const mail = await templates.render(name, locale, samples[name]);
      expect(mail.html).toContain(SECRET_LINK);
      expect(mail.text).toContain(SECRET_LINK);
    },
  );
});

test("the two languages share no sentence", async () => {
  for (const name of names) {
    const lines = async (locale: "sv" | "en") =>
      (await templates.render(name, locale, samples[name])).text
        .split("\n")
        .filter((line) => / \w+ \w+ \w+ /.test(line));
    const english = new Set(await lines("en"));
    expect((await lines("sv")).filter((line) => english.has(line) && !line.includes(company.name))).toEqual([]);
  }
});

describe("the receipt", () => {
  test("names lines, total, tax per rate, card, address and the right to withdraw", async () => {
    const { text, subject } = await templates.render("order-confirmation", "sv", order);
    expect(subject).toBe("Kvitto och orderbekräftelse KV-10001");
    for (const fact of [
      `Betalt 897,00${NBSP}kr med Visa`,
      "Linne svart M × 2",
      `598,00${NBSP}kr`,
      `Totalt`,
      `varav moms 6${NBSP}%`,
      `16,92${NBSP}kr`,
      `119,60${NBSP}kr`,
      "Storgatan 1",
      "Sverige",
      "4 december 2026",
      "betalar bara för dagarna",
      "https://shop.example/villkor#withdrawal",
    ]) {
      expect(text.replaceAll("\n", " ")).toContain(fact);
    }
  });

  test("what a customer typed is text, not markup", async () => {
    const { html } = await templates.render("order-confirmation", "sv", order);
    expect(html).toContain("Anna &lt;b&gt;Andersson");
    expect(html).not.toContain("<b>Andersson");
  });

  test("goods alone say nothing of memberships", async () => {
    const { text } = await templates.render("order-confirmation", "en", {
      ...order,
      withdrawal: ["goods"],
      card: null,
    });
    expect(text).toContain("Goods: you can withdraw");
    expect(text).not.toContain("Membership:");
    expect(text).toContain(`Paid SEK${NBSP}897.00.`);
  });
});

test("a failed renewal says why, that no money was taken, and what happens next", async () => {
  const { text, subject } = await templates.render("payment-failed", "sv", failed);
  expect(subject).toBe(`Betalningen på 399,00${NBSP}kr gick inte igenom`);
  const words = text.replaceAll("\n", " ");
  expect(words).toContain("Kortet har gått ut.");
  expect(words).toContain("Inga pengar har dragits. Vi försöker igen den 23 november 2026.");
  expect(words).toContain("Byt kort (https://shop.example/account/billing)");
});

test.each([
  ["funds", "Try again"],
  ["technical", "Try again"],
  ["approval", "Approve with your bank"],
  ["generic", "Change card"],
  ["blocked", "Change card"],
] as const)(
  "of a purchase, after %s the action is %s; of a renewal another card helps always",
  async (declineClass, action) => {
    const { text } = await templates.render("payment-failed", "en", { ...failed, occasion: "order", declineClass });
    expect(text).toContain(`${action} (`);
    const renewal = await templates.render("payment-failed", "en", { ...failed, declineClass });
    expect(renewal.text).toContain(declineClass === "approval" ? "Approve with your bank (" : "Change card (");
  },
);

test("a withdrawal is acknowledged with its content, day, time, sum, card and last day of payment", async () => {
  const { text } = await templates.render("withdrawal-received", "sv", withdrawn);
  const words = text.replaceAll("\n", " ");
  for (const fact of [
    "att du ångrar order KV-10001 den 20 november 2026 kl. 19.04.",
    "Test Kund",
    "Du betalar för 10 av 30 dagar",
    `Vi betalar tillbaka 200,00${NBSP}kr till Visa som slutar på 4242 senast den 4 december 2026.`,
    "Medlemskapet är avslutat.",
  ])
    expect(words).toContain(fact);
});

test("goods that have left are asked for with where they go, and what a used one costs, before it is decided", async () => {
  const goods = { ...withdrawn, follows: "return_goods", endsMembership: false, used: null } as const;
  const { text } = await templates.render("withdrawal-received", "sv", goods);
  const words = text.replaceAll("\n", " ");
  expect(words).toMatch(/Skicka tillbaka varorna till .+, Turbingatan 4, Malmö inom 14 dagar\./);
  expect(words).toContain("kan vi dra av för att den är värd mindre");
  expect(words).not.toContain("senast den");
});

test("less that is paid back is told with the sum, the deduction and the reason, which is shown as it was written", async () => {
  const { text, html } = await templates.render("withdrawal-lowered", "sv", {
    ...samples["withdrawal-lowered"],
    reason: "Repad <b>& rökig</b>.",
  });
  const words = text.replaceAll("\n", " ");
  expect(words).toContain(`Du får tillbaka 299,00${NBSP}kr: 399,00${NBSP}kr med ett avdrag på 100,00${NBSP}kr`);
  expect(words).toContain("Repad <b>& rökig</b>.");
  expect(html).not.toContain("<b>&");
});

test.each([
  ["confirm", "bekräftar du att det är du som har köpt", true],
  ["taken", "är redan ångrad", true],
  ["too_late", "Ångertiden hade gått ut", true],
  ["not_found", "Vi hittar ingen order med det numret och den adressen", false],
] as const)(
  "what was said without a link is acknowledged with its content, day and time: %s",
  async (follows, says, linked) => {
    const { text, html } = await templates.render("withdrawal-stated", "sv", {
      ...stated,
      follows,
      withdrawUrl: linked ? SECRET_LINK : null,
    });
    const words = text.replaceAll("\n", " ");
    for (const fact of [
      "att du ångrar order KV-10001 den 20 november 2026 kl. 19.04.",
      "Anna Andersson",
      "anna@example.se",
      says,
    ])
      expect(words).toContain(fact);
    expect(html.includes(SECRET_LINK)).toBe(linked);
  },
);

test("a mail to an address that may be nobody's here claims no account and no purchase", async () => {
  const invented = { ...stated, follows: "not_found" as const, withdrawUrl: null };
  const foot = "belongs to your account or your purchase";
  for (const { text } of [
    await templates.render("withdrawal-stated", "en", invented),
    await templates.render("withdrawal-dismissed", "en", samples["withdrawal-dismissed"]),
    await templates.render("organization-invitation", "en", samples["organization-invitation"]),
    await templates.render("staff-invitation", "en", samples["staff-invitation"]),
  ]) {
    const plain = text.replaceAll(/\s+/g, " ");
    expect(plain).toContain("You receive this email because");
    expect(plain).not.toContain(foot);
  }
  const known = await templates.render("withdrawal-stated", "en", stated);
  expect(known.text.replaceAll(/\s+/g, " ")).toContain(foot);
});

test("a started membership carries the renewal line and the campaign's end, if it ends", async () => {
  const whole = (await templates.render("membership-started", "sv", started)).text.replaceAll("\n", " ");
  expect(whole).toContain(
    "Kampanjpriset gäller så länge du har medlemskapet. Förnyas varje månad tills du avslutar. Ingen bindningstid.",
  );
  expect(whole).toContain(`Nästa betalning: 299,00${NBSP}kr den 20 december 2026.`);
  const campaign = { name: "Novemberkampanj", durationMonths: 3, later: { amount: 39_900, currency: "SEK" } };
  const limited = (await templates.render("membership-started", "en", { ...started, campaign })).text.replaceAll(
    "\n",
    " ",
  );
  expect(limited).toContain(`Campaign price for 3 months, then SEK${NBSP}399.00/month.`);
});

test("what stands in the rows of sums breaks on a phone, but how many of each", async () => {
  const kept = /white-space:nowrap[^>]*>([^<]*)</g;
  const together = async (name: TemplateName) =>
    [...(await templates.render(name, "en", samples[name])).html.matchAll(kept)].map(([, text]) => text?.trim());
  expect(await together("order-confirmation")).toContain("× 2");
  expect((await together("renewal-receipt")).join()).not.toContain("20 December 2026");
});

test("goods on their way name the country as the receipt does", async () => {
  for (const name of ["goods-shipped", "order-confirmation"] as const)
    expect((await templates.render(name, "sv", samples[name])).text).toContain("Sverige");
});

describe("a membership that becomes another", () => {
  const told = async (locale: "sv" | "en", what: Partial<TemplateProps["membership-change"]>) => {
    const mail = await templates.render("membership-change", locale, { ...changed, ...what });
    return { subject: mail.subject, words: mail.text.replaceAll("\n", " ") };
  };
  const day = new Date("2027-03-20T10:00:00Z");

  test("an end names the last day and says that nothing more is charged", async () => {
    const { subject, words } = await told("sv", { what: "ending", nextPaymentAt: null });
    expect(subject).toBe("Medlemskapet avslutas den 20 december 2026");
    expect(words).toContain("Du kan använda Öppet Plus till dess. Inget mer dras.");
    expect(words).toContain("Ångra uppsägningen");
  });

  test("what came too late says so, and of money only what is so", async () => {
    const ended = { what: "ended", lateSince: day, nextPaymentAt: null } as const;
    const both = [(await told("sv", ended)).words, (await told("en", ended)).words].join(" ");
    expect(both).toContain("Det skulle ha gällt från den 20 mars 2027, men vi var sena.");
    expect(both).not.toMatch(/för mycket|too much/);
    expect((await told("en", { ...ended, lateMoney: "paid_back" })).words).toContain("since then is paid back");
    const { words } = await told("en", { ...ended, lateMoney: "in_hand" });
    expect(words).toContain("We are putting right what was paid too much");
    expect(words).not.toContain("paid back");
  });

  test("a new price names the old one, the new one, the day, and that one may leave before", async () => {
    const priceBefore = { amount: 19_900, currency: "SEK" };
    const { subject, words } = await told("en", { what: "price_scheduled", newProductName: null, priceBefore });
    expect(subject).toBe("Öppet Plus has a new price from 20 December 2026");
    expect(words).toContain(`Until then you pay SEK${NBSP}199.00 as before.`);
    expect(words).toContain("you can cancel free of charge before 20 December 2026");
    expect((await told("sv", { what: "terms_scheduled" })).words).toContain("Priset är oförändrat");
  });

  test("money off names what is paid, instead of what, and until when", async () => {
    const price = { amount: 29_925, currency: "SEK" };
    const off = { what: "discount", price, fullPrice: { amount: 39_900, currency: "SEK" }, until: day } as const;
    const { subject, words } = await told("en", off);
    expect(subject).toBe(`You pay SEK${NBSP}299.25 from now on`);
    expect(words).toContain(`costs SEK${NBSP}299.25 instead of SEK${NBSP}399.00 at each payment before 20 March 2027`);
    expect((await told("sv", { what: "discount_ended" })).subject).toContain("Rabatten är slut");
    expect((await told("sv", { what: "keep_too_late" })).words).toContain("gick inte att ångra");
    expect((await told("sv", { what: "discount_past" })).words).toContain("Nu dras inget mer av");
  });

  test("an end with a refund names the sum", async () => {
    const refund = { amount: 14_930, currency: "SEK" };
    expect((await told("en", { what: "ended", refund })).words).toContain(`We will refund SEK${NBSP}149.30`);
    expect((await told("en", { what: "ended", refund: null })).words).not.toContain("refund");
  });

  test("a pause says from when, until when, and what is charged then", async () => {
    const { words } = await told("sv", { what: "pausing", until: day });
    expect(words).toContain("Inget dras under pausen.");
    expect(words).toContain(`Startar igen den 20 mars 2027, då dras 299,00${NBSP}kr.`);
    expect((await told("sv", { what: "pausing" })).words).toContain("tills du startar igen");
  });

  test("a change that waits for its payment leads to where it is paid", async () => {
    const { words } = await told("en", { what: "plan_waits", payUrl: "https://pay.example/in_1", until: day });
    expect(words).toContain("You stay on Open Plus until the payment is complete.".replace("Open Plus", "Öppet Plus"));
    expect(words).toContain("https://pay.example/in_1");
  });

  test("of an organization's plan nothing is said of a membership", async () => {
    const PLAN = "https://shop.example/account/plan";
    for (const locale of ["sv", "en"] as const)
      for (const what of [
        "ending",
        "ended",
        "kept",
        "plan_changed",
        "plan_failed",
        "pausing",
        "resumed",
        "free",
      ] as const) {
        const { subject, words } = await told(locale, { what, ofPlan: true, accountUrl: PLAN });
        expect(`${subject} ${words}`, `${locale} ${what}`).not.toMatch(/medlemskap|membership/i);
      }
    const { subject, words } = await told("sv", { what: "ending", ofPlan: true });
    expect(subject).toBe("Planen slutar den 20 december 2026");
    expect(words).toContain("Ni kan använda");
  });

  test.each(["kept", "plan_changed", "plan_failed", "resumed"] as const)("%s has its words", async (what) => {
    const [sv, en] = [await told("sv", { what }), await told("en", { what })];
    expect(sv.subject).not.toBe(en.subject);
  });
});

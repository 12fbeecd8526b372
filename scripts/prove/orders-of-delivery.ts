import { setTimeout as sleep } from "node:timers/promises";
import { buy, type Purchase } from "./buyer.ts";
import { type Control, controlOf, type WebhookFaults } from "./control.ts";
import { deliver } from "./deliver.ts";
import { eventsSince, type ProviderEvent } from "./provider.ts";
import { permutations, type Random } from "./random.ts";
import { type Books, fingerprint, openBooks } from "./record.ts";
import type { Findings } from "./report.ts";
import type { Addresses } from "./shop.ts";

const journeys = [
  {
    product: "oppet",
    /** The notifications whose every order is tried; the others come at random places between them. */
    decisive: [
      "checkout.session.completed",
      "customer.subscription.created",
      "invoice.paid",
      "payment_intent.succeeded",
    ],
  },
  {
    product: "towel",
    decisive: ["checkout.session.completed", "payment_intent.succeeded", "charge.succeeded", "payment_intent.created"],
  },
] as const;

type Proof = { shop: Addresses; control: Control; books: Books; random: Random; found: Findings; count: number };

/**
 * Whatever the order, the number and the loss of notifications, and whether the browser comes back first, last or never:
 * a purchase ends the same. Every order of the four notifications that decide is tried, each apart and all at once.
 */
export async function proveOrdersOfDelivery(shop: Addresses, random: Random, found: Findings): Promise<void> {
  const control = controlOf(shop);
  const books = openBooks(shop);
  const proof: Proof = { shop, control, books, random, found, count: 0 };
  try {
    for (const journey of journeys) {
      const plain = await buy(shop, journey.product, address(proof));
      await comeBack(plain);
      await control.advance("PT1S");
      const expected = fingerprint(await books.record(plain.email));
      found.say(`${journey.product}: the plain purchase ends as ${expected}`);
      for (const apart of [true, false]) await everyOrder(proof, journey, expected, apart);
      for (const faults of losses) await everyLoss(proof, journey.product, expected, faults);
    }
    const broken = await books.violations();
    found.check("V1–V6 hold", broken.length === 0, broken.join("; "));
    const alerts = await books.alerts();
    found.check("nothing waits for a person", alerts.length === 0, alerts.join("; "));
    const stuck = await books.stuckJobs();
    found.check("no job was given up or left behind", stuck.length === 0, stuck.join("; "));
  } finally {
    await control.noFaults();
    await books.close();
  }
}

async function everyOrder(proof: Proof, journey: (typeof journeys)[number], expected: string, apart: boolean) {
  const { control, books, shop, random, found } = proof;
  const orders = permutations(journey.decisive);
  const wrong: string[] = [];
  for (const order of orders) {
    await control.webhooks({ drop: "all" });
    const since = Math.floor((await control.now()).getTime() / 1000);
    const purchase = await buy(shop, journey.product, address(proof));
    const events = await eventsOf(proof, since, purchase);
    await control.noFaults();
    const sequence = arranged(events, order, random);
    const visitAfter = random.below(sequence.length + 2);
    const deliveries: Promise<unknown>[] = [];
    for (const [place, event] of sequence.entries()) {
      if (place === visitAfter) deliveries.push(comeBack(purchase));
      const delivery = deliver(shop, event);
      deliveries.push(delivery);
      if (apart) {
        await Promise.all(deliveries);
        await atRest(books);
      }
    }
    await Promise.all(deliveries);
    await atRest(books);
    if (!(await endsAs(proof, purchase, expected))) wrong.push(`${order.join(" → ")} (visit after ${visitAfter})`);
  }
  const how = apart ? "one after the other" : "all at once";
  found.check(
    `${journey.product}: ${orders.length} orders of its notifications, ${how}, end alike`,
    wrong.length === 0,
    wrong.join("; "),
  );
}

const losses: [string, WebhookFaults][] = [
  ["none is lost", {}],
  ["half are lost", { drop: 0.5 }],
  ["all are lost", { drop: "all" }],
  ["they come reversed", { reorder: true }],
  ["each comes four times", { duplicate: 3 }],
  ["each comes four times, reversed, and half are lost", { duplicate: 3, reorder: true, drop: 0.5 }],
];

async function everyLoss(proof: Proof, product: string, expected: string, [what, faults]: [string, WebhookFaults]) {
  const { control, random, shop, found } = proof;
  await control.webhooks(faults);
  const purchases: Purchase[] = [];
  for (let i = 0; i < 24; i++) {
    const purchase = await buy(shop, product, address(proof));
    purchases.push(purchase);
    if (random.next() < 0.5) await comeBack(purchase);
  }
  // Long enough for the shop to ask by itself about pages of which it never heard again.
  await control.advance("PT10M");
  await control.noFaults();
  let wrong = 0;
  for (const purchase of purchases) if (!(await endsAs(proof, purchase, expected))) wrong += 1;
  found.check(
    `${product}: ${purchases.length} purchases end alike when ${what}`,
    wrong === 0,
    wrong ? `${wrong} do not` : "",
  );
}

async function endsAs({ books, found }: Proof, purchase: Purchase, expected: string): Promise<boolean> {
  // A mail is the last thing that happens: give it a moment.
  const deadline = performance.now() + 20_000;
  for (;;) {
    const record = await books.record(purchase.email);
    if (fingerprint(record) === expected) return true;
    if (performance.now() > deadline) {
      found.say(`    ${purchase.sessionId} ended as ${JSON.stringify(record)}`);
      return false;
    }
    await sleep(100);
  }
}

/** The order that is tried, with the other notifications put in at random places. */
function arranged(events: readonly ProviderEvent[], order: readonly string[], random: Random): ProviderEvent[] {
  const sequence = order.flatMap((type) => events.find((event) => event.type === type) ?? []);
  for (const event of events)
    if (!sequence.includes(event)) sequence.splice(random.below(sequence.length + 1), 0, event);
  return sequence;
}

/** The notifications of one purchase; nobody else buys while it is made. */
async function eventsOf({ shop }: Proof, since: number, { sessionId }: Purchase): Promise<ProviderEvent[]> {
  const events = await eventsSince(shop, since);
  const end = events.findLastIndex((event) => event.data.object.id === sessionId);
  const begin = events.findLastIndex((event, at) => at < end && event.type === "checkout.session.completed");
  return events.slice(begin + 1);
}

/** The browser visits the page that the provider leads back to. */
async function comeBack({ returnUrl }: Purchase): Promise<void> {
  const response = await fetch(returnUrl);
  await response.arrayBuffer();
}

async function atRest(books: Books): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const { received = 0, retrying = 0 } = await books.inbox();
    if (received + retrying === 0) return;
    await sleep(25);
  }
}

function address(proof: Proof): string {
  proof.count += 1;
  return `proof-${proof.count}@example.test`;
}

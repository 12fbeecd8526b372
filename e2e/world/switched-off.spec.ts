import { buy } from "../../scripts/prove/buyer.ts";
import type { WebhookFaults } from "../../scripts/prove/control.ts";
import { control, theShop } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, test } from "../fixtures/journey.ts";
import { finalRecord } from "../fixtures/settled.ts";

test.describe.configure({ mode: "serial" });
test.afterEach(() => control().noFaults());

/** The provider's own interface, as its dashboard would use it. */
async function atProvider(
  path: string,
  body?: Record<string, string>,
): Promise<{ data: { id: string }[]; id: string }> {
  const answer = await fetch(`${theShop().sandbox}/v1/${path}`, {
    method: body ? "POST" : "GET",
    headers: { Authorization: "Bearer sk_test_proof" },
    ...(body ? { body: new URLSearchParams(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { data: { id: string }[]; id: string };
}

/** The newest thing of a kind that belongs to a buyer. */
async function newest(kind: string, email: string): Promise<string> {
  const { data } = await atProvider(`customers?email=${encodeURIComponent(email)}`);
  const found = await atProvider(`${kind}?customer=${data[0]?.id}`);
  return found.data[0]?.id ?? "";
}

/** A membership that renews and is called off, and goods of which a part is paid back; nobody ever returns to the shop. */
async function live(name: string): Promise<string> {
  const member = `${name}-member@example.test`;
  const guest = `${name}-guest@example.test`;
  await buy(theShop(), "oppet", member);
  await buy(theShop(), "towel", guest);
  await control().advance("PT10M");
  await control().advance("P1M");
  await control().advance("PT2H");
  await atProvider("refunds", { payment_intent: await newest("payment_intents", guest), amount: "1000" });
  await atProvider(`subscriptions/${await newest("subscriptions", member)}`, { cancel_at_period_end: "true" });
  for (let round = 0; round < 3; round++) await control().advance("PT6M");
  const [one, other] = [await finalRecord(member), await finalRecord(guest)];
  expect(one.record.invoices, JSON.stringify(one.record)).toHaveLength(2);
  expect(other.record.payments).toMatchObject([{ status: "partially_refunded", refunded_amount: 1000 }]);
  return JSON.stringify([comparable(one.record), comparable(other.record)]);
}

/** A membership's end is an instant of its own; what is compared is that there is one. */
function comparable(record: object): object {
  return JSON.parse(JSON.stringify(record, (key, value: unknown) => (key === "cancel_at" ? value !== null : value)));
}

let told = "";
const faults: [string, WebhookFaults][] = [
  ["every notification is delivered", {}],
  ["half of the notifications are lost", { drop: 0.5 }],
  ["webhooks are switched off", { drop: "all" }],
  ["notifications come in reverse", { reorder: true }],
];

for (const [place, [what, webhooks]] of faults.entries()) {
  test(`orders, payments, memberships, invoices and mails end alike when ${what}`, async () => {
    await control().webhooks(webhooks);
    const end = await live(`off-${place}`);
    if (place === 0) told = end;
    expect(end).toBe(told);
    expect(await books().violations()).toEqual([]);
  });
}

import type { Page } from "@playwright/test";
import type { WebhookFaults } from "../../scripts/prove/control.ts";
import { control, theShop } from "../fixtures/addresses.ts";
import { expect, test } from "../fixtures/journey.ts";
import { orderMembership } from "../fixtures/membership.ts";
import type { PaymentPage } from "../fixtures/payment-page.ts";
import { expectPaidMembership, finalRecord, settle } from "../fixtures/settled.ts";

test.describe.configure({ mode: "serial" });
test.afterEach(() => control().noFaults());

/** How the plain purchase ended: every other one must end alike. */
let plain = "";

type Visit = { page: Page; payment: PaymentPage; email: string };

/** Buys a membership; `comesBack` false: the browser is closed the moment the payment is sent. */
async function buy({ page, payment, email }: Visit, comesBack: boolean): Promise<void> {
  await orderMembership(page, "Öppet");
  await payment.opened();
  await payment.fill("good", { email });
  if (!comesBack) {
    // Whatever address the provider leads back to, this browser never gets there.
    await page.route("**/checkout/return**", (route) => route.abort());
    await payment.submit();
    await expect.poll(() => paid(email)).toBe(true);
    await page.close();
    return;
  }
  await payment.submit();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
}

async function paid(email: string): Promise<boolean> {
  const answer = await fetch(`${theShop().sandbox}/v1/customers?email=${encodeURIComponent(email)}`, {
    headers: { Authorization: "Bearer sk_test_proof" },
  });
  return ((await answer.json()) as { data: unknown[] }).data.length > 0;
}

test("the plain purchase", async ({ page, payment, email }) => {
  await buy({ page, payment, email }, true);
  const { record, name } = await finalRecord(email);
  expectPaidMembership(record, 39_900);
  plain = name;
});

const faults: [string, WebhookFaults, ...string[]][] = [
  ["every notification is lost", { drop: "all" }],
  ["every notification comes four times", { duplicate: 3 }],
  ["notifications come in reverse", { reorder: true }],
  ["notifications come two seconds late", { delayMs: 2_000 }, "@whole"],
];

for (const [what, webhooks, ...tag] of faults) {
  test(`the same end when ${what}`, { tag }, async ({ page, payment, email }) => {
    await control().webhooks(webhooks);
    await buy({ page, payment, email }, true);
    const { record, name } = await finalRecord(email);
    expect(name, JSON.stringify(record)).toBe(plain);
  });
}

test.describe("the browser is closed right after paying", () => {
  test.use({ expectedComplaints: [/ERR_FAILED|ERR_ABORTED/] });

  test("the same end by the notifications alone", { tag: "@whole" }, async ({ page, payment, email }) => {
    await buy({ page, payment, email }, false);
    const { record, name } = await finalRecord(email);
    expect(name, JSON.stringify(record)).toBe(plain);
  });

  test("the same end when the notifications are lost, too: the shop asks by itself", async ({
    page,
    payment,
    email,
  }) => {
    await control().webhooks({ drop: "all" });
    await buy({ page, payment, email }, false);
    await settle("PT5M");
    const { record, name } = await finalRecord(email);
    expect(name, JSON.stringify(record)).toBe(plain);
  });
});

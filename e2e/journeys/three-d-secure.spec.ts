import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { orderMembership } from "../fixtures/membership.ts";

test.use(phone);

test("a payment that the bank wants approved", async ({ page, payment, email, look }) => {
  await orderMembership(page, "Öppet");
  await payment.pay("needsApproval", { email });
  await page.waitForURL(/\/approve$/);
  await look(page, "bank");
  await payment.answerBank("Complete");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
  await expect(page.getByRole("main")).toContainText("Betalt 399,00 kr med Visa som slutar på 3220.");
  await letterTo(email, /KV-\d+/);
});

test("an approval that fails, then another card", async ({ page, payment, email, look }) => {
  await orderMembership(page, "Öppet");
  await payment.pay("needsApproval", { email });
  await payment.answerBank("Fail");
  await expect(payment.refusal()).toBeVisible();
  await look(page, "refused");
  await payment.fill("good", { email });
  await payment.submit();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
  await expect(page.getByRole("main")).toContainText("Betalt 399,00 kr med Visa som slutar på 4242.");
  await letterTo(email, /KV-\d+/);
});

test("an approval page that is left leads back to the payment, still unpaid", async ({ page, payment, email }) => {
  await orderMembership(page, "Öppet");
  await payment.pay("needsApproval", { email });
  await payment.answerBank("Leave");
  await payment.opened();
  for (const address of ["/medlemskap", "/cart"]) {
    await page.goto(address);
    await expect(page.getByRole("main"), address).toContainText("Du har en påbörjad betalning.");
  }
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const read = (url: string, language: string) => fetch(url, { headers: { "Accept-Language": language } });

describe("a receipt", () => {
  it("speaks the visitor's language, and says what came back", async () => {
    const { stripe } = bench;
    const { latest_charge } = await stripe.paymentIntents.create({
      amount: 9_900,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      confirm: true,
      currency: "sek",
      payment_method: "pm_card_visa",
    });
    const charge = await stripe.charges.retrieve(String(latest_charge));
    await stripe.refunds.create({ charge: charge.id, amount: 2_500 });
    const url = charge.receipt_url ?? "";
    const swedish = await (await read(url, "sv-SE,sv")).text();
    expect(swedish).toContain('<html lang="sv">');
    expect(swedish).toContain("Kvitto");
    expect(swedish).toMatch(/Återbetalt<\/dt><dd>25,00\skr/);
    const english = await (await read(url, "en-GB")).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toMatch(/Refunded<\/dt><dd>SEK 25\.00/);
    const missing = await read(`${bench.sandbox.url}/receipts/ch_none`, "sv");
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain("Kontrollera länken.");
  });
});

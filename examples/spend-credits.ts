// Makes reports for credits until there are none left: node examples/spend-credits.ts
// Settings: KRAFTVERK_URL (default http://localhost:3000), KRAFTVERK_API_KEY (scopes credits.read, credits.spend),
// SPOOL (a file; default spent.jsonl), REPORTS (how many to make; default 3), CREDITS (what one costs; default 10).
import { createClient, fileSpool, refusalOf } from "kraftverk/client";

const apiKey = process.env.KRAFTVERK_API_KEY;
if (!apiKey) throw new Error("KRAFTVERK_API_KEY is not set. Make one under API keys in the account.");
const shop = createClient({
  url: process.env.KRAFTVERK_URL ?? "http://localhost:3000",
  apiKey,
  spool: fileSpool(process.env.SPOOL ?? "spent.jsonl"),
});
const price = Number(process.env.CREDITS ?? 10);

/** The work itself. */
function makeReport(number: number): string {
  return `Report ${number} is made.`;
}

const { told, waiting, refused } = await shop.replay();
if (told > 0) console.log(`Told the shop of ${told} that were made while it was silent.`);
if (waiting > 0) console.log(`${waiting} still wait to be told.`);
for (const { idempotencyKey, message } of refused) console.log(`The shop does not take ${idempotencyKey}: ${message}`);

for (let number = 1; number <= Number(process.env.REPORTS ?? 3); number++) {
  try {
    const spent = await shop.spend({
      credits: price,
      reason: "report",
      reference: `report-${number}`,
      failMode: "open",
    });
    console.log(makeReport(number));
    if (spent.outcome === "spent") console.log(`Credits left: ${spent.newTotal}`);
    else console.log("The shop is silent. The report is on the spool.");
  } catch (error) {
    const refusal = refusalOf(error);
    const few = refusal?.code === "credits.insufficient";
    if (!few && refusal?.code !== "credits.over_budget") throw error;
    const { available, left, renewsAt } = refusal.details;
    if (few) console.log(`No report ${number}: it costs ${price} credits and ${available} are left.`);
    else {
      const until = renewsAt ? ` until ${renewsAt}` : "";
      console.log(`No report ${number}: it costs ${price} credits and this key may use ${left} more${until}.`);
    }
    process.exitCode = 2;
    break;
  }
}

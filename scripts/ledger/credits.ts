import type { CreditDifference } from "../../server/checkout/index.ts";
import { withDatabase } from "../db/open-database.ts";
import { readArguments } from "../process/arguments.ts";

const USAGE = `npm run ledger:credits              names every purchase of which other credits were taken than was paid back; changes nothing
npm run ledger:credits -- --take    takes of each what its refunds come to, and gives back what is beyond it, once`;
const { values } = readArguments(USAGE, { options: { take: { type: "boolean", default: false } } });

await withDatabase(async ({ service }) => {
  const { connect, databaseFor } = await import("../../server/kernel/db.ts");
  const { creditDifferences, takeCreditsAnew } = await import("../../server/checkout/index.ts");
  const connection = connect(service, { name: "kraftverk-credits", max: 1 });
  try {
    const [clock] = await connection.sql<{ now: string }[]>`select app_now() as now`;
    const now = clock ? new Date(clock.now) : new Date();
    const actor = { kind: "system", name: "ledger-credits" } as const;
    const ctx = { db: databaseFor(connection, { actor, now: () => now, reactions: {} }) };
    let [looked, found] = [0, 0];
    for (let after: string | null = ""; after !== null; ) {
      const page = await creditDifferences(ctx, { after });
      looked += page.looked;
      found += page.found.length;
      for (const one of page.found) {
        if (values.take) await takeCreditsAnew(ctx, one);
        console.log(said(one));
      }
      after = page.next;
    }
    console.log(`${looked} orders with refunds, ${found} purchases with other credits taken than was paid back.`);
    if (!values.take && found > 0) console.log("Nothing was changed. Put them right: npm run ledger:credits -- --take");
  } finally {
    await connection.close();
  }
});

function said({ orderId, orderLineId, customerId, paidBack, taken }: CreditDifference): string {
  const what = values.take ? "put right" : "differs";
  return `${orderLineId} of ${orderId} (${customerId ?? "a guest"}): ${taken} credits taken, ${paidBack} paid back: ${what}`;
}

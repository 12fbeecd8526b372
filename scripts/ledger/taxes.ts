import type { TaxDifference } from "../../server/accounting/index.ts";
import { withDatabase } from "../db/open-database.ts";
import { readArguments } from "../process/arguments.ts";

const USAGE = `npm run ledger:taxes              names every payment of which the books hold another tax than its bill names; changes nothing
npm run ledger:taxes -- --book    books the difference of each, once, by a posting of its own`;
const { values } = readArguments(USAGE, { options: { book: { type: "boolean", default: false } } });

await withDatabase(async ({ service }) => {
  const { connect, databaseFor } = await import("../../server/kernel/db.ts");
  const { bookTaxAnew, taxDifferences } = await import("../../server/accounting/index.ts");
  const connection = connect(service, { name: "kraftverk-taxes", max: 1 });
  try {
    const [clock] = await connection.sql<{ now: string }[]>`select app_now() as now`;
    const now = clock ? new Date(clock.now) : new Date();
    const actor = { kind: "system", name: "ledger-taxes" } as const;
    const ctx = { db: databaseFor(connection, { actor, now: () => now, reactions: {} }) };
    let [looked, found, booked, unclear] = [0, 0, 0, 0];
    for (let after: string | null = ""; after !== null; ) {
      const page = await taxDifferences(ctx, { after });
      looked += page.looked;
      found += page.found.length;
      for (const one of page.found) {
        const anew = values.book && one.certain && (await bookTaxAnew(ctx, one));
        if (anew) booked++;
        if (!one.certain) unclear++;
        console.log(said(one, anew));
      }
      after = page.next;
    }
    console.log(
      `${looked} payments, ${found} with another tax than their bills name, ${booked} booked anew, ${unclear} for a person.`,
    );
    if (!values.book && found > unclear)
      console.log("Nothing was changed. Book the differences: npm run ledger:taxes -- --book");
  } finally {
    await connection.close();
  }
});

function said({ paymentId, externalId, currency, booked, right, certain }: TaxDifference, anew: boolean): string {
  const rates = (taxes: ReadonlyMap<number, number>) =>
    [...taxes].map(([bps, sum]) => `${(sum / 100).toFixed(2)} at ${bps / 100} %`).join(", ") || "none";
  const what = anew ? "booked anew" : certain ? "differs" : "cannot be told from the bill; look at it by hand";
  return `${paymentId} (${externalId}), ${currency}: ${rates(booked)} in the books, ${rates(right)} in the bill: ${what}`;
}

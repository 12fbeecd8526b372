// npm run audit:verify
import { verifyChain } from "../../server/audit/verify-chain.ts";
import { connect, databaseFor } from "../../server/kernel/db.ts";
import { command } from "./command.ts";
import { withDatabase } from "./open-database.ts";

await command(() =>
  withDatabase(async (urls) => {
    const connection = connect(urls.service, { name: "kraftverk-audit-verify", max: 1 });
    try {
      const actor = { kind: "system", name: "audit-verify" } as const;
      const db = databaseFor(connection, { actor, now: () => new Date(), reactions: {} });
      const check = await db.transaction(verifyChain, { readOnly: true });
      if (check.problem) throw new Error(`The audit log is not whole: ${check.problem}.`);
      return `The audit log is whole: ${check.entries} entries, ${check.unsealed} not sealed yet. Head: ${check.headHash}`;
    } finally {
      await connection.close();
    }
  }),
);

import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Resealed } from "../kernel/reseal-rows.ts";
import type { SecretBox } from "../kernel/secret-box.ts";

const LOST_ALERT = "identity.secret_lost";

/**
 * Says what a round of sealing anew came to: a line in the log while the secret is rotated (nothing left: the old one can
 * be dropped), and an alert per kind of thing while some of it opens with no secret of the shop. Idempotent.
 */
export async function tellOfLostSecret(
  ctx: Ctx<{ secretBox: SecretBox }>,
  rounds: Readonly<Record<string, Resealed>>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    for (const [subject, { lost }] of Object.entries(rounds)) {
      const detail = `${lost.length} kept secrets (${subject}) open with no SESSION_SECRET of the shop: an older one was dropped too early. Put it back as the second, separated by a comma.`;
      await (lost.length > 0
        ? raiseAlert(tx, { kind: LOST_ALERT, subject, detail })
        : resolveAlert(tx, { kind: LOST_ALERT, subject }));
    }
  });
  if (!ctx.providers.secretBox.rotating) return;
  const sealed = Object.fromEntries(Object.entries(rounds).map(([name, round]) => [name, round.sealed]));
  const left = Object.values(rounds).reduce((count, { lost }) => count + lost.length, 0);
  ctx.log.info({ sealed, left }, "sealed anew under the first SESSION_SECRET");
}

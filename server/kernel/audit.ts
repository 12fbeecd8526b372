import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { actorName } from "./actor.ts";
import type { Tx } from "./db.ts";
import { newId } from "./id.ts";
import { currentRequestId } from "./log.ts";

const acts = new AsyncLocalStorage<string[]>();

/** Runs `work` and says which acts it recorded: a change by staff that recorded none is recorded by whoever called it. */
export async function noticingActs<T>(work: () => Promise<T>): Promise<{ result: T; recorded: readonly string[] }> {
  const recorded: string[] = [];
  const result = await acts.run(recorded, work);
  return { result, recorded };
}

/**
 * Records what a member of staff did, to what and why, in the transaction that did it. `action` is `domain.verb`.
 * Append-only (a trigger refuses anything else).
 */
export async function recordAct(
  tx: Tx,
  act: { action: string; subject: string; reason: string | null },
): Promise<void> {
  acts.getStore()?.push(act.action);
  await tx.execute(
    sql`insert into audit_entries (id, actor, action, subject, reason, request_id, at)
        values (${newId("aud")}, ${actorName(tx.scope.actor)}, ${act.action}, ${act.subject}, ${act.reason}, ${currentRequestId() ?? ""}, now())`,
  );
}

import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { actorName } from "./actor.ts";
import type { AuditAction } from "./audit-actions.ts";
import type { Tx } from "./db.ts";
import { newId } from "./id.ts";
import { currentRequestId } from "./log.ts";
import type { Money } from "./money.ts";

const acts = new AsyncLocalStorage<string[]>();

/** Runs `work` and says which acts it recorded: a change by staff that recorded none is recorded by whoever called it. */
export async function noticingActs<T>(work: () => Promise<T>): Promise<{ result: T; recorded: readonly string[] }> {
  const recorded: string[] = [];
  const result = await acts.run(recorded, work);
  return { result, recorded };
}

/**
 * Records what a member of staff did, to what and why, and how much money it moves, in the transaction that did it.
 * Append-only (a trigger refuses anything else).
 */
export async function recordAct(
  tx: Tx,
  act: { action: AuditAction; subject: string; reason: string | null; money?: Money },
): Promise<void> {
  await write(tx, act);
}

/** The same for a change by staff whose use case recorded nothing: by the name that it is called by. */
export async function recordCall(
  tx: Tx,
  call: { path: string; subject: string; reason: string | null },
): Promise<void> {
  await write(tx, { action: call.path, subject: call.subject, reason: call.reason });
}

async function write(
  tx: Tx,
  act: { action: string; subject: string; reason: string | null; money?: Money },
): Promise<void> {
  acts.getStore()?.push(act.action);
  await tx.execute(
    sql`insert into audit_entries (id, actor, action, subject, reason, detail, request_id, at)
        values (${newId("aud")}, ${actorName(tx.scope.actor)}, ${act.action}, ${act.subject}, ${act.reason},
          ${act.money ? `${act.money.amount} ${act.money.currency}` : null}, ${currentRequestId() ?? ""}, now())`,
  );
}

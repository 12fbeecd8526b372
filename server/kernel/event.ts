import type { Tx } from "./db.ts";
import { type AnyJob, enqueue } from "./job.ts";

/** A fact that was just written, named `<noun>.<event>`. It carries the id of the thing; whoever reacts reads the rest. */
export type DomainEvent = { readonly name: string; readonly id: string };

/** One consequence of an event: which job, and which payload for it. */
export type Reaction = {
  readonly job: AnyJob;
  payload(event: DomainEvent): unknown;
  /**
   * Sends what the job would write, where it is one statement that has no reason to fail: in a transaction of the system it is written
   * with the event, and there is no job.
   */
  readonly withIt?: ((tx: Tx, event: DomainEvent) => void) | undefined;
};

/** The choreography (`server/events.ts`): which jobs follow which event. */
export type Reactions = Readonly<Record<string, readonly Reaction[]>>;

/** Lets `job` follow an event, e.g. `react(openFulfilment, (event) => ({ orderId: event.id }))`. */
export function react<Payload>(
  job: AnyJob & { readonly _payload?: Payload },
  payload: (event: DomainEvent) => Payload,
  withIt?: Reaction["withIt"],
): Reaction {
  return { job, payload, withIt };
}

/** Records that something happened: enqueues one job per reaction in the same transaction, each retried alone, or writes what it would with it. */
export async function emit(tx: Tx, event: DomainEvent): Promise<void> {
  for (const reaction of tx.scope.reactions[event.name] ?? []) {
    if (reaction.withIt && tx.scope.actor.kind === "system") reaction.withIt(tx, event);
    else await enqueue(tx, reaction.job, reaction.payload(event));
  }
}

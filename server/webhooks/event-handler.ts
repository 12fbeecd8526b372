import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";

/** A stored notification as its handler sees it: which object to look at, never the truth about it. */
export type EventHint = {
  /** Our own id, `provider:external id`. */
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  /** The provider's instant of the change (business time). */
  readonly occurredAt: Date;
  /** `data.object` as it was sent; stale by the time it is read. */
  readonly object: Readonly<Record<string, unknown>>;
  /** What was otherwise before, where it tells of a change: the earlier values of just those fields. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  /** Where its coming stands in the order of looks; undefined: it came before that was kept. */
  readonly place?: number | undefined;
};

/**
 * Marks the event handled inside the use case's last transaction, with one English sentence of what happened and, where a
 * program may want it, what it came to. Called at most once, as the last step of that transaction.
 */
export type MarkHandled = (tx: Tx, effect: string, result?: object) => Promise<void>;

/**
 * What follows one type of event. It fetches what the provider holds now, outside any transaction, and converges on it
 * with one use case, which itself sees to it that a look that is older than the last applied one is not written
 * (`applyLook` in the kernel): the inbox holds no lock. When nothing is to be done it may return without marking.
 */
export type EventHandler<Providers> = {
  /** The use case, as staff are shown it: `convergeSubscription`. */
  readonly useCase: string;
  /** One English sentence of what it does, for staff who think about a replay. */
  readonly summary: string;
  run(ctx: Ctx<Providers>, event: EventHint, also: MarkHandled): Promise<void>;
  /**
   * What has to have been looked at since it came for nothing to be left to do, in the names of `applyLook`, as far as the event says
   * itself. None: it is always followed up by itself.
   */
  subjects?(event: EventHint): readonly string[];
  /** The ids of those that tell nothing new, whatever was looked at since: what they say of their object is written. */
  settled?(tx: Tx, events: readonly EventHint[]): Promise<readonly string[]>;
  /** The object as the provider holds it now, in a few words per field: shown before a replay. Reads only. */
  look?(
    ctx: Ctx<Providers>,
    event: EventHint,
  ): Promise<Readonly<Record<string, string | number | boolean | null>> | null>;
};

/** Every event type that has a consequence; the others are stored and ignored. */
export type EventHandlers<Providers> = Readonly<Record<string, EventHandler<Providers>>>;

import { z } from "zod";
import type { Database } from "../store/database.ts";

const webhookFaults = z.strictObject({
  /** Milliseconds of real time before each delivery. */
  delayMs: z.number().int().min(0).max(600_000).default(0),
  /** How many extra copies of each delivery are sent. */
  duplicate: z.number().int().min(0).max(10).default(0),
  /** The order on the wire: as it happened, or as the provider was seen to send it, effects before their causes. */
  order: z.enum(["causal", "observed"]).default("causal"),
  /** Deliver what gathers within a moment in reverse order. */
  reorder: z.boolean().default(false),
  /** Lose this share of the deliveries; "all" loses every one. */
  drop: z.union([z.literal("all"), z.number().min(0).max(1)]).default(0),
});

const callFault = z.strictObject({
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  /** Addresses that begin so. */
  path: z.string().startsWith("/").default("/v1/"),
  times: z.number().int().min(1).max(1_000).default(1),
  kind: z.enum(["error", "timeout", "reset", "delay"]),
  status: z.number().int().min(400).max(599).default(500),
  /** For "delay": milliseconds of real time before the answer. */
  delayMs: z.number().int().min(0).max(120_000).default(1_000),
  when: z.enum(["before", "after"]).default("before"),
});

const smtpFault = z.strictObject({
  times: z.number().int().min(1).max(1_000).default(1),
  kind: z.enum(["reject", "reset"]),
  /** What "reject" answers: 4xx is "later", 5xx is for good. */
  status: z.number().int().min(400).max(599).default(451),
  when: z.enum(["before", "after"]).default("before"),
});

export const faultsInput = z.strictObject({
  webhooks: webhookFaults.optional(),
  calls: z.array(callFault).max(50).optional(),
  smtp: smtpFault.nullable().optional(),
});

export type CallFault = z.infer<typeof callFault>;
export type SmtpFault = z.infer<typeof smtpFault>;
export type WebhookFaults = z.infer<typeof webhookFaults>;

export interface FaultSettings {
  webhooks: WebhookFaults;
  calls: CallFault[];
  smtp: SmtpFault | null;
}

const none: FaultSettings = { webhooks: webhookFaults.parse({}), calls: [], smtp: null };

/** What goes wrong on purpose, and how often still. */
export class Faults {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(): FaultSettings {
    return { ...none, ...(this.#database.setting("faults") as Partial<FaultSettings> | undefined) };
  }

  /** Replaces the groups that are given and leaves the others. */
  set(input: z.infer<typeof faultsInput>): FaultSettings {
    const next = {
      ...this.get(),
      ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    };
    this.#database.setSetting("faults", next);
    return this.get();
  }

  clear(): FaultSettings {
    this.#database.setSetting("faults", none);
    return this.get();
  }

  /** The fault that befalls this call, used up by one. */
  takeCallFault(method: string, path: string): CallFault | undefined {
    const { calls } = this.get();
    const hit = calls.find(
      (fault) => path.startsWith(fault.path) && (fault.method === undefined || fault.method === method),
    );
    if (!hit) return undefined;
    const rest = calls.flatMap((fault) =>
      fault !== hit ? [fault] : fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [],
    );
    this.set({ calls: rest });
    return hit;
  }

  /** The fault that befalls this message, used up by one. */
  takeSmtpFault(): SmtpFault | undefined {
    const { smtp } = this.get();
    if (!smtp) return undefined;
    this.set({ smtp: smtp.times > 1 ? { ...smtp, times: smtp.times - 1 } : null });
    return smtp;
  }
}

import type { Addresses } from "./shop.ts";

export type WebhookFaults = { delayMs?: number; duplicate?: number; reorder?: boolean; drop?: number | "all" };

export type ProviderCall = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly idempotencyKey: string | null;
  readonly replayed: boolean;
};

export type Letter = {
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
};

/** The operator's side of the sandbox: faults, clock, mailbox. Every call throws on anything but success. */
export type Control = ReturnType<typeof controlOf>;

export function controlOf({ sandbox }: Pick<Addresses, "sandbox">) {
  const call = async <T>(path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<T> => {
    const response = await fetch(`${sandbox}/_control/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`/_control/${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    /** How the provider's notifications go wrong from now on, until {@link noFaults}. */
    webhooks: (faults: WebhookFaults) => call("faults", { webhooks: faults }),
    /** How the provider's answers go wrong: each fault befalls the next matching calls. */
    calls: (faults: object[]) => call("faults", { calls: faults }),
    noFaults: () => call("faults", undefined, "DELETE"),
    /** Moves the clock of provider and shop, living through everything that becomes due on the way, until both are idle. */
    advance: async (by: string) => new Date((await call<{ now: string }>("clock/advance", { by })).now),
    now: async () => new Date((await call<{ now: string }>("clock")).now),
    redeliver: (eventId: string) => call(`events/${eventId}/redeliver`, {}),
    /** The shop's latest calls to the provider, newest first. */
    providerCalls: async () => (await call<{ requests: ProviderCall[] }>("requests")).requests,
    /** What was mailed to an address, newest first. */
    lettersTo: async (address: string) =>
      (await call<{ mail: Letter[] }>(`mail?limit=500&to=${encodeURIComponent(address)}`)).mail,
  };
}

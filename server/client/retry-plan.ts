/** How often one call is tried in all, and how long the first pause is. */
export const TRIES = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/** One call of a procedure, as far as it decides whether it may be sent again. */
export type Sent = { readonly type: "query" | "mutation" | "subscription"; readonly input: unknown };

/** Whether sending it again can do nothing twice: it only reads, or names the idempotency key that makes it one. */
export function mayRepeat({ type, input }: Sent): boolean {
  if (type === "query") return true;
  return (
    typeof input === "object" && input !== null && "idempotencyKey" in input && typeof input.idempotencyKey === "string"
  );
}

/** Milliseconds before the next try: twice as long each time, and never the same for everybody who waits. */
export function pauseBefore(attempt: number, random: number = Math.random()): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return Math.round(longest / 2 + (longest / 2) * random);
}

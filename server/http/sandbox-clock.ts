import { createHash, timingSafeEqual } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import { clockMover } from "../move-clock.ts";
import type { Runtime } from "../wire.ts";

const body = z.object({
  now: z.iso.datetime({ offset: true }),
  reset: z.boolean().default(false),
  /** The clock goes on from here when the product is done: what only looks after others waits until it has arrived. */
  onTheWay: z.boolean().default(false),
  /** What the sandbox did until then is delivered next, and it asks again. */
  newsFollows: z.boolean().default(false),
});

/**
 * `POST /_sandbox/clock`: the sandbox moves business time and asks whether the product is done with what became due.
 * It exists in the sandbox profile only and answers the sandbox's token only; to anybody else there is no such address.
 */
export function sandboxClock(app: Hono, runtime: Runtime): void {
  const { profile, SANDBOX_CONTROL_TOKEN: token } = runtime.config;
  if (profile !== "sandbox" || token === undefined) return;
  const move = clockMover(runtime);
  app.post("/_sandbox/clock", async (c) => {
    if (!sameSecret(c.req.header("authorization") ?? "", `Bearer ${token}`)) return c.notFound();
    const parsed = body.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return c.json({ error: 'Send JSON like {"now":"2026-12-31T00:00:00Z"}.' }, 400);
    const { now, ...how } = parsed.data;
    return c.json(await move(new Date(now), how));
  });
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

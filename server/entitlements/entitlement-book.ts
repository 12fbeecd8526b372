import type { Sql } from "postgres";
import type { OrganizationRole } from "../kernel/actor.ts";
import type { FeatureValue } from "./feature-value.ts";

/** What an organization holds at an instant, and what somebody is in it. */
export type Held = {
  /** Of whom it was asked; null: no member (any more). */
  readonly role: OrganizationRole | null;
  /** Null: the shop has no plans. */
  readonly plan: { readonly code: string; readonly versionId: string } | null;
  readonly entitlements: Readonly<Record<string, FeatureValue>>;
  /** When it changes by itself, as an exception begins or ends; business time. */
  readonly nextChangeAt: string | null;
};

/** How long what was read is used, in milliseconds of real time: a change is seen in every process within this. */
const FRESH_MS = 250;
/** More organizations than this in one process are read anew. */
const MOST = 20_000;

/**
 * What organizations may do, read at most four times a second for each by one process, however many ask. A change is seen
 * a quarter of a second later without being told of, so nothing can be missed; what begins or ends by itself is seen on time.
 */
export type EntitlementBook = {
  /** Null: there is no such organization, or it is closed. `now` is business time. */
  look(organizationId: string, userId: string | null, now: Date): Promise<Held | null>;
};

type Page = { readonly readAt: number; readonly held: Promise<Held | null>; until: number };

export function createEntitlementBook(
  sql: Pick<Sql, "unsafe">,
  monotonicNow: () => number = () => performance.now(),
): EntitlementBook {
  const pages = new Map<string, Page>();
  return {
    look(organizationId, userId, now) {
      const key = `${organizationId} ${userId ?? ""}`;
      const known = pages.get(key);
      if (known && monotonicNow() - known.readAt <= FRESH_MS && now.getTime() < known.until) return known.held;
      const page: Page = { readAt: monotonicNow(), held: read(sql, organizationId, userId), until: Infinity };
      pages.delete(key);
      pages.set(key, page);
      if (pages.size > MOST) pages.delete(pages.keys().next().value ?? "");
      page.held.then(
        (held) => {
          if (held?.nextChangeAt) page.until = new Date(held.nextChangeAt).getTime();
        },
        // A failure is told to those who waited for it, and not kept.
        () => {
          if (pages.get(key) === page) pages.delete(key);
        },
      );
      return page.held;
    },
  };
}

async function read(sql: Pick<Sql, "unsafe">, organizationId: string, userId: string | null): Promise<Held | null> {
  const [row] = await sql.unsafe<{ held: string | Held | null }[]>(
    "select app.entitlements_of($1, $2) as held",
    [organizationId, userId],
    { prepare: true },
  );
  const held = row?.held ?? null;
  return typeof held === "string" ? (JSON.parse(held) as Held) : held;
}

import type { Sql } from "postgres";
import type { OrganizationRole } from "../kernel/actor.ts";
import { gather } from "../kernel/gather.ts";
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
/** No more are kept in one process; the oldest is then read anew. */
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
  /** What is kept, the oldest first. */
  pages = new Map<string, Page>(),
): EntitlementBook {
  const read = gather<Asked, Held | null>({ ask: (all) => readAll(sql, all), most: 64, flights: 2 });
  return {
    look(organizationId, userId, now) {
      // No id holds it, and PostgreSQL would refuse it together with all that is asked for beside it.
      if (organizationId.includes("\0")) return Promise.resolve(null);
      const key = `${organizationId} ${userId ?? ""}`;
      const known = pages.get(key);
      if (known && monotonicNow() - known.readAt <= FRESH_MS && now.getTime() < known.until) return known.held;
      const page: Page = { readAt: monotonicNow(), held: read({ organizationId, userId }), until: Infinity };
      pages.delete(key);
      letGo(pages, page.readAt);
      pages.set(key, page);
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

/** Lets go of what will not be used again: kept until it is read anew, it would be among the old objects by then, which cost more to collect. */
function letGo(pages: Map<string, Page>, now: number): void {
  for (const [key, { readAt }] of pages) {
    if (now - readAt <= FRESH_MS && pages.size < MOST) return;
    pages.delete(key);
  }
}

type Asked = { readonly organizationId: string; readonly userId: string | null };

const READ = "select no, held from app.entitlements_of_many($1::text[], $2::text[])";

/** What is asked for in the same moment by one statement: on its own the reading is the smaller part of the cost. */
async function readAll(sql: Pick<Sql, "unsafe">, all: readonly Asked[]): Promise<(Held | null)[]> {
  const [organizations, members] = [all.map((one) => one.organizationId), all.map((one) => one.userId)];
  const rows = await sql.unsafe<{ no: number; held: string | Held }[]>(READ, [organizations, members], {
    prepare: true,
  });
  const byNumber = new Map(rows.map(({ no, held }) => [no, held]));
  return all.map((_, index) => {
    const held = byNumber.get(index + 1) ?? null;
    return typeof held === "string" ? (JSON.parse(held) as Held) : held;
  });
}

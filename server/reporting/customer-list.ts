import { type SQL, sql } from "drizzle-orm";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, type Page, prefixRange, type Total } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { CustomerFlag } from "./customer-flag-status.ts";
import type { customerListInput } from "./input.ts";

export type CustomerRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  /** `account`: can sign in. `unconfirmed`: has signed up, the address is not proven. `guest`: has only bought. */
  readonly kind: "account" | "unconfirmed" | "guest";
  readonly orders: number;
  /** The state of the newest membership; null without one. */
  readonly membershipStatus: string | null;
  readonly flags: readonly CustomerFlag[];
  readonly createdAt: Date;
};

type Row = {
  id: string;
  email: string;
  name: string | null;
  kind: CustomerRow["kind"];
  orders: number;
  membership_status: string | null;
  flags: CustomerFlag[] | null;
  created_at: string;
  cursor_at: string;
};

type Input = Asked<typeof customerListInput>;

const SORTS = {
  since: { by: sql`c.created_at`, id: sql`c.id`, type: "timestamptz", usual: "desc" },
  email: { by: sql`c.email_normalized`, id: sql`c.id`, type: "text", usual: "asc" },
} as const;

/**
 * All customers for staff, a page at a time, newest first or by address. `q` finds by the beginning of an address or of
 * the first or a later name, our id or the provider's. Guests that were claimed are part of their account.
 */
export async function listCustomers(tx: Tx, input: Input): Promise<Page<CustomerRow> & { total: Total | null }> {
  const { usual, ...order } = SORTS[input.sort ?? "since"];
  const place = keyset(input, { ...order, direction: input.direction ?? usual });
  const matching = matches(input);
  const rows = await tx.execute<Row>(sql`
    select c.id, c.email, c.name, c.created_at, ${place.cursorAt} as cursor_at,
      case when c.user_id is null then 'guest' when u.email_verified_at is null then 'unconfirmed' else 'account' end as kind,
      (select count(*)::int from orders o where o.customer_id = c.id) as orders,
      (select case when s.status = 'trialing' and (not s.had_trial or s.current_period_start_at > s.started_at)
          and not exists (select 1 from subscription_changes m where m.subscription_id = s.id and m.status = 'applied'
            and m.trial_end_at = s.trial_end_at) then 'free' else s.status end
        from subscriptions s where s.customer_id = c.id order by s.created_at desc, s.id desc limit 1) as membership_status,
      (select json_agg(f.flag order by f.flag) from customer_flags f where f.about_id = c.id) as flags
    from customers c left join users u on u.id = c.user_id
    where ${all([...matching, place.condition])}
    order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const page = place.page(
    rows.map(({ created_at, cursor_at, membership_status, flags, ...row }) => ({
      ...row,
      membershipStatus: membership_status,
      flags: flags ?? [],
      createdAt: new Date(created_at),
      cursorAt: cursor_at,
    })),
  );
  const total = input.counted
    ? await countUpTo(tx, sql`from customers c left join users u on u.id = c.user_id where ${all(matching)}`)
    : null;
  return { ...page, total };
}

function matches(input: Input): (SQL | undefined)[] {
  const { q, kind, flag } = input;
  return [
    sql`c.merged_into_id is null`,
    q ? sql`c.id in (${customersFoundBy(q)})` : undefined,
    kind === "guest" ? sql`c.user_id is null` : undefined,
    kind === "account" ? sql`u.email_verified_at is not null` : undefined,
    kind === "unconfirmed" ? sql`c.user_id is not null and u.email_verified_at is null` : undefined,
    flag ? sql`c.id in (select f.about_id from customer_flags f where f.flag = ${flag})` : undefined,
    withinDays(sql`c.created_at`, input),
  ];
}

function all(conditions: readonly (SQL | undefined)[]): SQL {
  return sql.join(
    conditions.filter((condition) => condition !== undefined),
    sql` and `,
  );
}

/**
 * The ids that a person's words or a pasted id stand for, each branch answered by an index. Ranges instead of `like`:
 * row-level security keeps a pattern from an index, since a pattern might leak what it looks at.
 */
export function customersFoundBy(q: string): SQL {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from customers where id = ${q}
    union all select id from customers where email_normalized ~>=~ ${from} and email_normalized ~<~ ${to}
    union all select id from customers where name_folded ~>=~ ${from} and name_folded ~<~ ${to}
    union all select id from customers where last_name_folded ~>=~ ${from} and last_name_folded ~<~ ${to}
    union all select customer_id from provider_customers where external_id = ${q}`;
}

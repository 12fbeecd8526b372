import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../kernel/db.ts";
import { type Page, pageOf, readCursor } from "../kernel/page.ts";
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
  readonly createdAt: Date;
};

type Row = {
  id: string;
  email: string;
  name: string | null;
  kind: CustomerRow["kind"];
  orders: number;
  membership_status: string | null;
  created_at: string;
  cursor_at: string;
};

/** All customers for staff, newest first. `q` finds by address, name, our id or the provider's. Guests that were claimed are part of their account. */
export async function listCustomers(tx: Tx, input: z.output<typeof customerListInput>): Promise<Page<CustomerRow>> {
  const after = readCursor(input.cursor);
  const q = input.q ?? "";
  const pattern = `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const rows = await tx.execute<Row>(sql`
    select c.id, c.email, c.name, c.created_at, c.created_at::text as cursor_at,
      case when c.user_id is null then 'guest' when u.email_verified_at is null then 'unconfirmed' else 'account' end as kind,
      (select count(*)::int from orders o where o.customer_id = c.id) as orders,
      (select s.status from subscriptions s where s.customer_id = c.id order by s.created_at desc, s.id desc limit 1) as membership_status
    from customers c left join users u on u.id = c.user_id
    where c.merged_into_id is null
      and (${q} = '' or c.email ilike ${pattern} or c.name ilike ${pattern} or c.id = ${q}
        or exists (select 1 from provider_customers p where p.customer_id = c.id and p.external_id = ${q}))
      and (${after === null} or (c.created_at, c.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}))
    order by c.created_at desc, c.id desc limit ${input.limit + 1}`);
  return pageOf(
    rows.map(({ created_at, cursor_at, membership_status, ...row }) => ({
      ...row,
      membershipStatus: membership_status,
      createdAt: new Date(created_at),
      cursorAt: cursor_at,
    })),
    input.limit,
  );
}

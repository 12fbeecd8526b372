import type { KeyScope } from "../kernel/actor.ts";
import type { Connection } from "../kernel/db.ts";
import { gather } from "../kernel/gather.ts";

export type KeyRow = {
  readonly key_id: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[] | string;
  readonly rate_limit: number;
  readonly last_used_ms: string | null;
  readonly user_id: string;
  readonly customer_id: string;
  readonly email: string;
  readonly user_name: string | null;
  readonly email_verified: boolean;
  readonly locale: "sv" | "en";
};
type Asked = { readonly hash: string; readonly at: Date };
type FindKey = (asked: Asked) => Promise<KeyRow | null>;

const LOOK_UP = `select no, key_id, name, scopes, rate_limit, extract(epoch from last_used_at) * 1000 as last_used_ms,
    user_id, customer_id, email, user_name, email_verified, locale
  from app.api_keys_lookup($1::text[], $2::text[]::timestamptz[])`;

const finders = new WeakMap<Connection, FindKey>();

/**
 * The key with this hash if it works at this instant (technical time). Requests that come in the same moment are looked up by
 * one statement, each after it came and none of them kept: on its own a look-up costs as much as the rest of its request.
 */
export function findKey(connection: Connection, asked: Asked): Promise<KeyRow | null> {
  let find = finders.get(connection);
  if (!find) {
    find = gather<Asked, KeyRow | null>({ ask: (all) => lookUp(connection, all), most: 64, flights: 2 });
    finders.set(connection, find);
  }
  return find(asked);
}

async function lookUp({ sql }: Connection, all: readonly Asked[]): Promise<(KeyRow | null)[]> {
  const hashes = all.map(({ hash }) => hash);
  const instants = all.map(({ at }) => at.toISOString());
  const rows = await sql.unsafe<(KeyRow & { no: number })[]>(LOOK_UP, [hashes, instants], { prepare: true });
  const byNumber = new Map(rows.map((row) => [row.no, row]));
  return all.map((_, index) => byNumber.get(index + 1) ?? null);
}

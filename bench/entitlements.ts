import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { ACCOUNTS, tokenOf } from "./credits.ts";
import { requestBytes } from "./http-line.ts";
import { closedLoop, type Load } from "./http-load.ts";

const FEATURE = "hasAPI";
const REVOCATIONS = 5;
/** Longer than this and it is told as it is. */
const AT_MOST_MS = 10_000;

const organizationOf = (account: number) => `org_credit_${account}`;
const bearer = (account: number) => ({ Authorization: `Bearer ${tokenOf(account)}` });
const pathOf = (account: number) => {
  const input = JSON.stringify({ json: { organizationId: organizationOf(account) } });
  return `/api/trpc/entitlements.get?input=${encodeURIComponent(input)}`;
};

/**
 * What an organization may do, asked by API key over HTTP: one of ten thousand drawn anew for each request, so that hardly
 * any was asked for in the quarter of a second for which an answer is kept. They are those of the credits.
 */
export async function measureEntitlements(
  port: number,
  options: { connections: number; seconds: number },
): Promise<Load> {
  const next = () => {
    const account = 1 + Math.floor(Math.random() * ACCOUNTS);
    return requestBytes("GET", pathOf(account), bearer(account));
  };
  const load = await closedLoop({ port, ...options, next });
  if (Object.keys(load.statuses).some((status) => status !== "200"))
    throw new Error(`entitlements were answered with ${JSON.stringify(load.statuses)}`);
  return load;
}

/**
 * Seconds from the commit that takes something from an organization until the last of the processes says no, while it is
 * asked all the time; the longest of several.
 */
export async function measureRevocation(admin: postgres.Sql, ports: readonly number[]): Promise<number> {
  let longest = 0;
  for (let account = 1; account <= REVOCATIONS; account++) {
    const organization = organizationOf(account);
    await admin`insert into entitlements (id, organization_id, feature, value, source, starts_at, reason, created_by, created_at)
      values (${`ent_bench_${account}_${Date.now()}`}, ${organization}, ${FEATURE}, 'true', 'override', now(), 'bench', 'system:bench', now())`;
    await Promise.all(ports.map((port) => untilSaid(port, account, true)));
    await admin`update entitlements set replaced_at = now() where organization_id = ${organization} and source = 'override' and replaced_at is null`;
    const since = performance.now();
    const ends = await Promise.all(ports.map((port) => untilSaid(port, account, false)));
    longest = Math.max(longest, ...ends.map((end) => end - since));
  }
  return longest / 1000;
}

/** Asks until the answer is `wanted`; answers when that was. */
async function untilSaid(port: number, account: number, wanted: boolean): Promise<number> {
  const until = performance.now() + AT_MOST_MS;
  while (performance.now() < until) {
    const response = await fetch(`http://127.0.0.1:${port}${pathOf(account)}`, { headers: bearer(account) });
    const said = (await response.json()) as { result?: { data: { json: { flags: Record<string, boolean> } } } };
    if (said.result?.data.json.flags[FEATURE] === wanted) break;
    await pause(5);
  }
  return performance.now();
}

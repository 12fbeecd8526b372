import { sql } from "drizzle-orm";
import { auditChecks } from "../../drizzle/schema/identity.ts";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { ENTRY_COLUMNS } from "./entry-columns.ts";
import { type EntryText, GENESIS, sealHash } from "./sealed-entry.ts";

const BATCH = 2000;
/** No transaction that writes an entry takes this long, so an older one cannot turn up behind a newer seal. */
const LATE_SECONDS = 900;
const ALERT = { kind: "audit.chain_broken", subject: "audit" };

type Link = { [Key in keyof EntryText]: EntryText[Key] | null } & {
  position: string;
  entry_id: string;
  previous_hash: string;
  hash: string;
  late: boolean | null;
};
export type ChainCheck = {
  readonly entries: number;
  /** Written since the last sealing. */
  readonly unsealed: number;
  readonly headHash: string;
  /** The first thing that does not fit, naming the row; null: the chain is whole. */
  readonly problem: string | null;
};

/**
 * Walks the chain from its beginning and names the first row that was changed, deleted or put in afterwards, whoever did
 * it: hashes are computed anew from what the database holds. An entry is put in afterwards when it is older than what had
 * been sealed long before it. Reads only.
 */
export async function verifyChain(tx: Tx): Promise<ChainCheck> {
  let position = 0;
  let head = GENESIS;
  let problem: string | null = null;
  while (problem === null) {
    const links = await tx.execute<Link>(sql`
      select s.position, s.entry_id, s.previous_hash, s.hash, ${ENTRY_COLUMNS},
        e.at < (select p.sealed_at from audit_seals p where p.position = s.position - 1) - make_interval(secs => ${LATE_SECONDS}) as late
      from audit_seals s left join audit_entries e on e.id = s.entry_id
      where s.position > ${position} order by s.position limit ${BATCH}`);
    for (const link of links) {
      problem = problemOf(link, position, head);
      if (problem) break;
      position += 1;
      head = link.hash;
    }
    if (links.length < BATCH) break;
  }
  const [rest] = await tx.execute<{ unsealed: number; late: string | null }>(sql`
    select count(*)::int as unsealed,
      min(e.id) filter (where e.at < (select max(sealed_at) from audit_seals) - make_interval(secs => ${LATE_SECONDS})) as late
    from audit_entries e where not exists (select 1 from audit_seals s where s.entry_id = e.id)`);
  if (!problem && rest?.late) problem = `entry ${rest.late} was put in afterwards`;
  return { entries: position, unsealed: rest?.unsealed ?? 0, headHash: head, problem };
}

function problemOf(link: Link, before: number, head: string): string | null {
  const position = Number(link.position);
  if (position !== before + 1) return `the links from ${before + 1} to ${position - 1} are gone`;
  if (link.id === null) return `entry ${link.entry_id} was deleted (link ${position})`;
  if (link.previous_hash !== head) return `link ${position} (entry ${link.entry_id}) does not follow the one before it`;
  if (sealHash(head, link as EntryText) !== link.hash) return `entry ${link.entry_id} was changed (link ${position})`;
  return link.late ? `entry ${link.entry_id} was put in afterwards (link ${position})` : null;
}

/** Walks the chain and writes down what was found; tells staff when it is broken. Service role. */
export async function checkChain(ctx: Ctx): Promise<ChainCheck> {
  return ctx.db.transaction(async (tx) => {
    const check = await verifyChain(tx);
    await tx.insert(auditChecks).values({ id: newId("chk"), at: ctx.technical.now(), ...check });
    if (check.problem) await raiseAlert(tx, { ...ALERT, detail: `The audit log is not whole: ${check.problem}` });
    else await resolveAlert(tx, ALERT);
    return check;
  });
}

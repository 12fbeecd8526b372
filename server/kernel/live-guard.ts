import postgres from "postgres";
import { isLocalHost } from "./local-host.ts";

const WAIT_SECONDS = 1;

/**
 * What speaks against taking real money with this database: a role that could set row-level security aside or change the
 * schema, a way there that can be listened to, migrations that are missing, a business clock that is not real time, or the
 * people of the sandbox, of whom one is an owner. Every reason at once; empty: nothing does.
 * Answers within two seconds, also when the database does not.
 */
export async function databaseRefusals(
  config: {
    readonly DATABASE_URL: string;
    readonly DATABASE_SERVICE_URL: string;
    readonly DATABASE_NETWORK?: "private" | undefined;
  },
  migrations: number,
): Promise<string[]> {
  const found = await Promise.all(
    (["DATABASE_URL", "DATABASE_SERVICE_URL"] as const).map(async (name) => [
      ...plainWay(name, config[name], config.DATABASE_NETWORK === "private"),
      ...(await roleRefusals(name, config[name], migrations)),
    ]),
  );
  return found.flat();
}

/** On the private network of containers on one machine a bare name is one of them; an address of the internet has dots. */
const CONTAINER = /^[a-z0-9_-]+$/i;

/** What speaks against the way to a database: nothing for this machine, for TLS, and for a container beside this one. */
export function plainWay(name: string, address: string, privateNetwork: boolean): string[] {
  const url = new URL(address);
  if (privateNetwork && CONTAINER.test(url.hostname)) return [];
  const mode = url.searchParams.get("sslmode") ?? "";
  if (isLocalHost(url.hostname) || ["require", "verify-ca", "verify-full"].includes(mode)) return [];
  return [`${name} leads to another machine without TLS: add ?sslmode=verify-full (or require)`];
}

type RoleRow = { superuser: boolean; bypass: boolean; owns: boolean; applied: number; demo: boolean; moved: boolean };

async function roleRefusals(name: string, address: string, migrations: number): Promise<string[]> {
  const sql = postgres(address, { max: 1, connect_timeout: WAIT_SECONDS, onnotice: () => {} });
  try {
    const asked = sql<RoleRow[]>`
      select r.rolsuper as superuser, r.rolbypassrls as bypass,
        exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'member')) as owns,
        coalesce(app.applied_migrations(), 0)::int as applied,
        exists (select 1 from users u where u.id like 'usr\\_demo\\_%' and u.disabled_at is null) as demo,
        exists (select 1 from app_clock where offset_ms <> 0) as moved
      from pg_roles r where r.rolname = current_user`;
    const late = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error("no answer")), WAIT_SECONDS * 1500).unref();
    });
    const [role] = await Promise.race([asked, late]);
    if (!role) return [`${name}: its role is not known`];
    const checks: [boolean, string][] = [
      [role.superuser, `${name} is a superuser's: use the role that npm run db:roles makes`],
      [role.bypass, `${name} is a role that bypasses row-level security`],
      [role.owns && !role.superuser, `${name} is the role that owns the tables: only migrations use that one`],
      [
        role.applied < migrations,
        `${name}: ${migrations - role.applied} migrations are missing; run npm run db:migrate`,
      ],
      [
        role.demo,
        `${name}: the sandbox's people can sign in here by the password of the README; take another database`,
      ],
      [
        role.moved,
        `${name}: the business clock of this database was moved in the sandbox, and cards would be charged at the wrong time; take another database`,
      ],
    ];
    return checks.flatMap(([wrong, message]) => (wrong ? [message] : []));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    // An undefined function or schema: nothing was migrated here at all.
    return /^(42883|3F000|42P01)$/.test(code)
      ? [`${name}: the database is empty; run npm run db:migrate`]
      : [`${name}: the database does not answer (${code})`];
  } finally {
    void sql.end({ timeout: 0 }).catch(() => {});
  }
}

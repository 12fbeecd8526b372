import { readFileSync } from "node:fs";
import postgres from "postgres";
import { projectFile } from "../../server/kernel/project-file.ts";

export type RolePasswords = { owner: string; service: string; member: string };
export type RoleUrls = { owner: string; service: string; member: string };

const file = projectFile("drizzle/roles.sql");

/** The statements of drizzle/roles.sql for one database, filled in. */
export function rolesSql(database: string, passwords: RolePasswords): Record<"server" | "create" | "database", string> {
  const text = readFileSync(file, "utf8")
    .replaceAll("{{owner_password}}", quoted(passwords.owner))
    .replaceAll("{{service_password}}", quoted(passwords.service))
    .replaceAll("{{member_password}}", quoted(passwords.member))
    .replaceAll("{{database}}", `"${database}"`);
  const [, server = "", create = "", inDatabase = ""] = text.split(/^-- @section /m).map((part) => `-- ${part}`);
  return { server, create, database: inDatabase };
}

/**
 * Makes the three roles and the database with its schemas on a server, or brings them to what the file says.
 * Idempotent. `adminUrl` belongs to a superuser and names any database of the server.
 */
export async function applyRoles(adminUrl: string, database: string, passwords: RolePasswords): Promise<void> {
  const sql = rolesSql(database, passwords);
  const exists = await asAdmin(adminUrl, async (admin) => {
    await admin.unsafe(sql.server);
    return (await admin`select 1 from pg_database where datname = ${database}`).length > 0;
  });
  if (!exists) await asAdmin(adminUrl, (admin) => admin.unsafe(sql.create));
  await asAdmin(databaseUrl(adminUrl, database), (admin) => admin.unsafe(sql.database));
}

/** Connects as a superuser for one piece of work. */
export async function asAdmin<T>(url: string, work: (admin: postgres.Sql) => Promise<T>): Promise<T> {
  const admin = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The same server and user, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.toString();
}

/** Connection strings of the three roles. */
export function roleUrls(host: string, database: string, passwords: RolePasswords): RoleUrls {
  const url = (role: string, password: string) =>
    `postgres://kraftverk_${role}:${encodeURIComponent(password)}@${host}/${database}`;
  return {
    owner: url("owner", passwords.owner),
    service: url("service", passwords.service),
    member: url("member", passwords.member),
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

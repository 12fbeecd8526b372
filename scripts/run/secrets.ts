import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RolePasswords } from "../postgres/roles.ts";

type DatabasePasswords = RolePasswords & { admin: string };

/** Settings that the sandbox makes up when they are unset. */
type SandboxSecrets = Record<(typeof sandboxNames)[number], string>;

const sandboxNames = [
  "SESSION_SECRET",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "SOURCE_API_KEY",
  "SANDBOX_CONTROL_TOKEN",
] as const;

const prefixes: Partial<Record<string, string>> = {
  STRIPE_SECRET_KEY: "sk_test_kraftverk_sandbox_",
  STRIPE_WEBHOOK_SECRET: "whsec_",
  SOURCE_API_KEY: "source_",
};

/**
 * The secrets of this folder, made once and kept in DATA_DIR/secrets.json, which only its owner can read. Nothing else
 * reads that file: processes get what they need as settings.
 */
export function loadSecrets(dataDir: string): { database: DatabasePasswords; sandbox: SandboxSecrets } {
  const file = join(dataDir, "secrets.json");
  const kept = read(file);
  const random = (name: string) => kept[name] ?? `${prefixes[name] ?? ""}${randomBytes(24).toString("hex")}`;
  const database = {
    admin: random("DATABASE_ADMIN_PASSWORD"),
    owner: random("DATABASE_OWNER_PASSWORD"),
    service: random("DATABASE_SERVICE_PASSWORD"),
    member: random("DATABASE_MEMBER_PASSWORD"),
  };
  const sandbox = Object.fromEntries(sandboxNames.map((name) => [name, random(name)])) as SandboxSecrets;
  const all: Record<string, string> = {
    ...sandbox,
    ...Object.fromEntries(
      Object.entries(database).map(([role, word]) => [`DATABASE_${role.toUpperCase()}_PASSWORD`, word]),
    ),
  };
  if (Object.keys(all).some((name) => kept[name] === undefined)) write(file, { ...kept, ...all });
  return { database, sandbox };
}

function read(file: string): Record<string, string | undefined> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is damaged. Put its copy back; without it the database's passwords are unknown.`);
  }
}

function write(file: string, content: object): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const next = `${file}.next`;
  writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, file);
}

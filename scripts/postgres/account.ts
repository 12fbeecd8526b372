import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** How PostgreSQL is started, since it refuses to run as root. Files it must own belong to `owner`. */
export type Account = {
  /** Put before every command. */
  prefix: string[];
  /** For `spawn`. */
  ids: { uid?: number; gid?: number };
  owner: { uid: number; gid: number } | null;
};

/**
 * The first way to run PostgreSQL that works here: as ourselves when we are not root; else as an unprivileged user; else,
 * when only root can enter the folder, inside a user namespace in which root has another name; else as an unprivileged
 * user who keeps the one right to pass folder permissions (containers often forbid namespaces and allow this).
 * Throws when none works.
 */
export function chooseAccount(postgres: string, dataParent: string): Account {
  if (process.getuid?.() !== 0) return { prefix: [], ids: {}, owner: null };
  const user = unprivilegedUser();
  const asUser: Account = { prefix: [], ids: user, owner: user };
  const asNamespace: Account = {
    prefix: ["unshare", "-U", `--map-user=${user.uid}`, `--map-group=${user.gid}`],
    ids: {},
    owner: { uid: 0, gid: 0 },
  };
  const asPrivileged: Account = {
    prefix: [
      ...["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"],
      ...["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"],
    ],
    ids: {},
    owner: user,
  };
  const account = [asUser, asNamespace, asPrivileged].find((candidate) => works(candidate, postgres, dataParent));
  if (account) return account;
  throw new Error(
    "PostgreSQL does not run as root, and no other user can enter this folder:\n" +
      `  ${dataParent}\n` +
      "Move the project to a folder that everyone may enter (for example /srv or /opt), start as another user,\n" +
      "or use a PostgreSQL of your own: set DATABASE_URL, DATABASE_SERVICE_URL and DATABASE_OWNER_URL.",
  );
}

function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const entry = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (!entry) throw new Error("PostgreSQL does not run as root, and this system has no user named postgres or nobody.");
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

function works(account: Account, postgres: string, dataParent: string): boolean {
  const script = 'cd "$1" && exec "$2" --version';
  const [command = "/bin/sh", ...rest] = [...account.prefix, "/bin/sh", "-c", script, "sh", dataParent, postgres];
  return spawnSync(command, rest, { ...account.ids, cwd: "/", stdio: "ignore" }).status === 0;
}

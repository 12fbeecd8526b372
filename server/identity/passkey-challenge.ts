import { and, eq, isNull, lt } from "drizzle-orm";
import { passkeyChallenges } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { newToken } from "../kernel/id.ts";

const MINUTES = 5;

type Question = { readonly purpose: "register" | "sign_in"; readonly userId: string | null; readonly at: Date };

/** Asks something new: 256 random bits that a passkey must sign within five minutes. Forgets those nobody answered. */
export async function newChallenge(tx: Tx, question: Question): Promise<string> {
  const { purpose, userId, at } = question;
  const challenge = newToken();
  await tx.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, at));
  await tx
    .insert(passkeyChallenges)
    .values({ challenge, purpose, userId, expiresAt: new Date(at.getTime() + MINUTES * 60_000) });
  return challenge;
}

/** Takes the question out again: of several answers to it one is looked at, and only in time. */
export async function takeChallenge(tx: Tx, challenge: string, question: Question): Promise<boolean> {
  const { purpose, userId, at } = question;
  const [taken] = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.purpose, purpose),
        userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId),
      ),
    )
    .returning({ expiresAt: passkeyChallenges.expiresAt });
  return taken !== undefined && taken.expiresAt > at;
}

import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { passkeys, recoveryCodes, totpFactors } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";

export type SecondFactors = {
  /** When the authenticator app was confirmed; null without one. */
  readonly totpSince: Date | null;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | null;
  }[];
  readonly recoveryCodesLeft: number;
};

/** What an account has besides its password, for its owner. */
export async function readSecondFactors(tx: Tx, userId: string): Promise<SecondFactors> {
  const [totp] = await tx
    .select({ confirmedAt: totpFactors.confirmedAt })
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)));
  const keys = await tx
    .select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(desc(passkeys.createdAt), desc(passkeys.id))
    .limit(MAX_PASSKEYS);
  const [codes] = await tx
    .select({ left: sql<number>`count(*)::int` })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return { totpSince: totp?.confirmedAt ?? null, passkeys: keys, recoveryCodesLeft: codes?.left ?? 0 };
}

export const MAX_PASSKEYS = 20;

export function hasAny(factors: SecondFactors): boolean {
  return factors.totpSince !== null || factors.passkeys.length > 0;
}

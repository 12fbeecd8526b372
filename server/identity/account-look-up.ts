import { sql } from "drizzle-orm";
import type { StaffRole } from "../kernel/actor.ts";
import type { Database } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken } from "../kernel/id.ts";
import type { Account } from "./session.ts";

/** An account as sign-in sees it, before anybody has proven anything. */
export type KnownAccount = Account & {
  readonly passwordHash: string;
  readonly emailVerified: boolean;
  readonly disabled: boolean;
  readonly locale: "sv" | "en";
  /** Has an authenticator app or a passkey: the password alone does not sign in. */
  readonly secondFactor: boolean;
};

/** A row of one of the look-ups that run before there is a context. */
export type AccountRow = {
  user_id: string;
  customer_id: string | null;
  staff_role: StaffRole | null;
  password_hash: string;
  email_verified: boolean;
  disabled: boolean;
  locale: "sv" | "en";
  second_factor?: boolean;
};

export function accountOf(row: AccountRow): KnownAccount {
  return {
    userId: row.user_id,
    customerId: row.customer_id,
    staffRole: row.staff_role,
    passwordHash: row.password_hash,
    emailVerified: row.email_verified,
    disabled: row.disabled,
    locale: row.locale,
    secondFactor: row.second_factor ?? false,
  };
}

/** The account of an address, in any spelling; null when there is none. Never shown to whoever asks. */
export async function findAccount(db: Database, email: string): Promise<KnownAccount | null> {
  const [row] = await db.transaction((tx) =>
    tx.execute<AccountRow>(sql`select * from app.login_lookup(${normalizeEmail(email)})`),
  );
  return row ? accountOf(row) : null;
}

export type LinkPurpose = "verify_email" | "reset_password" | "change_email" | "undo_email_change";
/** Links to the account's present address: worth nothing once it has another. */
const TO_PRESENT_ADDRESS: readonly LinkPurpose[] = ["verify_email", "reset_password"];
export type LinkedAccount = KnownAccount & {
  readonly email: string;
  readonly tokenHash: string;
  readonly mailedTo: string;
};

type TokenRow = AccountRow & {
  purpose: LinkPurpose;
  email_normalized: string;
  expires_at: string;
  used_at: string | null;
  current_email: string;
};

/**
 * The account that a mailed link stands for, while the link is good: made for this purpose (and mostly for the account's
 * present address), not used, not expired (technical time), the account not disabled. Null otherwise.
 */
export async function findLinkedAccount(
  db: Database,
  link: { token: string; purpose: LinkPurpose; at: Date },
): Promise<LinkedAccount | null> {
  const tokenHash = hashToken(link.token);
  const [row] = await db.transaction((tx) =>
    tx.execute<TokenRow>(sql`select * from app.account_token_lookup(${tokenHash})`),
  );
  if (!row || row.purpose !== link.purpose || row.used_at !== null || row.disabled) return null;
  if (new Date(row.expires_at) <= link.at) return null;
  if (TO_PRESENT_ADDRESS.includes(link.purpose) && row.email_normalized !== row.current_email) return null;
  return { ...accountOf(row), email: row.current_email, mailedTo: row.email_normalized, tokenHash };
}

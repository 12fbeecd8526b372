import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { and, eq, lt, or, sql } from "drizzle-orm";
import { passkeys } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { type AccountRow, accountOf, type KnownAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { newChallenge, takeChallenge } from "./passkey-challenge.ts";
import type { RelyingParty } from "./relying-party.ts";
import { accountActor } from "./session.ts";

type PasskeyCtx = Ctx<{ relyingParty: RelyingParty }>;
type PasskeyRow = AccountRow & { passkey_id: string; public_key: string; sign_count: string; transports: string };

/** A question for whichever passkey the browser finds for this shop: nobody has said who they are yet. */
export async function passkeyQuestion(ctx: PasskeyCtx): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = await ctx.db.transaction((tx) =>
    newChallenge(tx, { purpose: "sign_in", userId: null, at: ctx.technical.now() }),
  );
  return generateAuthenticationOptions({
    rpID: ctx.providers.relyingParty.id,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userVerification: "required",
  });
}

/**
 * Whose passkey has signed the question. Its holder was verified by the device (a fingerprint, a PIN), so it stands for
 * both factors. The question is used up; a count that does not rise means a copy, which is refused.
 * Throws `identity.passkey_failed` and says nothing more.
 */
export async function verifyPasskey(ctx: PasskeyCtx, response: AuthenticationResponseJSON): Promise<KnownAccount> {
  const at = ctx.technical.now();
  const [row] = await ctx.db.transaction((tx) =>
    tx.execute<PasskeyRow>(sql`select * from app.passkey_lookup(${response.id})`),
  );
  const { relyingParty } = ctx.providers;
  const refuse = (why: unknown): never => {
    ctx.log.warn({ security: "passkey_refused", userId: row?.user_id ?? null, err: why }, "passkey refused");
    throw identityErrors.passkeyFailed();
  };
  if (!row) return refuse("unknown passkey");
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) =>
      ctx.db.transaction((tx) => takeChallenge(tx, challenge, { purpose: "sign_in", userId: null, at })),
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(Buffer.from(row.public_key, "base64url")),
      counter: Number(row.sign_count),
      transports: row.transports.split(",").filter(Boolean) as AuthenticatorTransport[],
    },
  }).catch(refuse);
  const account = accountOf(row);
  if (!checked.verified || account.disabled || !account.emailVerified) return refuse("not verified");
  const signCount = checked.authenticationInfo.newCounter;
  const counted = await ctx.db.transaction(
    (tx) =>
      tx
        .update(passkeys)
        .set({ signCount, lastUsedAt: at })
        .where(
          and(
            eq(passkeys.id, row.passkey_id),
            // Some devices do not count and always say zero.
            or(lt(passkeys.signCount, signCount), and(eq(passkeys.signCount, 0), sql`${signCount} = 0`)),
          ),
        )
        .returning({ id: passkeys.id }),
    { as: accountActor(account) },
  );
  return counted.length > 0 ? account : refuse("the count did not rise");
}

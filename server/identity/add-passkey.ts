import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { passkeys } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { identityErrors } from "./errors.ts";
import { factorAdded } from "./factor-added.ts";
import { newChallenge, takeChallenge } from "./passkey-challenge.ts";
import type { RelyingParty } from "./relying-party.ts";
import { MAX_PASSKEYS } from "./second-factors.ts";
import type { Session } from "./session.ts";

type PasskeyCtx = Ctx<{ relyingParty: RelyingParty; secretBox: SecretBox }>;

/** What the browser is asked to make a passkey from: one that is found without typing a name, and checks who holds it. */
export async function passkeyOptions(
  ctx: PasskeyCtx,
  session: Session,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { relyingParty } = ctx.providers;
  const { userId } = session;
  const { challenge, present } = await ctx.db.transaction(async (tx) => ({
    challenge: await newChallenge(tx, { purpose: "register", userId, at: ctx.technical.now() }),
    present: await tx
      .select({ id: passkeys.credentialId, transports: passkeys.transports })
      .from(passkeys)
      .where(eq(passkeys.userId, userId)),
  }));
  if (present.length >= MAX_PASSKEYS) throw identityErrors.tooManyPasskeys();
  return generateRegistrationOptions({
    rpName: relyingParty.name,
    rpID: relyingParty.id,
    userID: new TextEncoder().encode(userId),
    userName: session.email,
    userDisplayName: session.name ?? session.email,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    attestationType: "none",
    excludeCredentials: present.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/**
 * Keeps the passkey that a browser has just made, under the name its owner gave. The question is used up whatever the
 * answer. As the account's first factor it ends the other sessions and returns recovery codes, shown this once.
 * Throws `identity.passkey_failed`, `identity.too_many_passkeys`.
 */
export async function addPasskey(
  ctx: PasskeyCtx,
  made: { session: Session; name: string; response: RegistrationResponseJSON },
): Promise<string[] | null> {
  const { session, response } = made;
  const at = ctx.technical.now();
  const { relyingParty, secretBox } = ctx.providers;
  const expectedChallenge = (challenge: string) =>
    ctx.db.transaction((tx) => takeChallenge(tx, challenge, { purpose: "register", userId: session.userId, at }));
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
  }).catch((error: unknown) => {
    ctx.log.warn({ security: "passkey_refused", userId: session.userId, err: error }, "passkey not registered");
    throw identityErrors.passkeyFailed();
  });
  if (!verified.verified) throw identityErrors.passkeyFailed();
  const { credential, credentialBackedUp: backedUp } = verified.registrationInfo;
  return ctx.db.transaction(async (tx) => {
    const codes = await factorAdded(tx, secretBox, { session, at });
    const added = await tx
      .insert(passkeys)
      .values({
        id: newId("pky"),
        userId: session.userId,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString("base64url"),
        signCount: credential.counter,
        transports: (credential.transports ?? []).join(","),
        name: made.name,
        backedUp,
        createdAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (added.length === 0) throw identityErrors.passkeyFailed();
    return codes;
  });
}

import { SignJWT } from "jose";
import type { Ctx } from "../kernel/ctx.ts";
import type { EntitlementKeys } from "./entitlement-keys.ts";
import type { EntitlementPorts } from "./has-entitlement.ts";
import { lookAtOrganization } from "./read-entitlements.ts";

/**
 * How long a token is good for: what an organization loses meanwhile, a program that only looks at the token still gives. With
 * the half minute that clocks may differ (see `server/client`) that is five minutes at most.
 */
export const TOKEN_SECONDS = 270;
/** What tells these tokens from any other that the shop may sign. */
export const TOKEN_TYPE = "entitlements+jwt";

export type TokenPorts = EntitlementPorts & {
  readonly entitlementKeys: EntitlementKeys & { readonly issuer: string };
};
export type EntitlementToken = { readonly token: string; readonly expiresAt: Date };

/**
 * What an organization holds now, signed, for programs that check it without asking again: a JWS (EdDSA) that names the
 * organization, its plan and every feature with its value, good for four and a half minutes of real time. Nothing of any person is in
 * it. For members and API keys. Only looks. Throws what {@link lookAtOrganization} throws.
 */
export async function signEntitlements(
  ctx: Ctx<TokenPorts>,
  { organizationId }: { organizationId: string },
): Promise<EntitlementToken> {
  const { entitlements, plan } = await lookAtOrganization(ctx, organizationId);
  const { signing, issuer } = ctx.providers.entitlementKeys;
  const at = Math.floor(ctx.technical.now().getTime() / 1000);
  const token = await new SignJWT({ plan: plan?.code ?? null, entitlements })
    .setProtectedHeader({ alg: "EdDSA", kid: signing.kid, typ: TOKEN_TYPE })
    .setIssuer(issuer)
    .setSubject(organizationId)
    .setIssuedAt(at)
    .setExpirationTime(at + TOKEN_SECONDS)
    .sign(signing.key);
  return { token, expiresAt: new Date((at + TOKEN_SECONDS) * 1000) };
}

import { createRemoteJWKSet, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { KraftverkClient } from "./create-client.ts";

/** What a feature is worth: on or off, how many, how many a month. */
export type FeatureValue = boolean | number | { readonly monthly: number };

/** What a signed token says of an organization. */
export type SignedEntitlements = {
  readonly organizationId: string;
  readonly plan: string | null;
  readonly entitlements: Readonly<Record<string, FeatureValue>>;
  readonly expiresAt: Date;
};

/** No such token of this shop, or one that is too old: take another. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}

/** How far the clocks of two machines may be apart. */
const TOLERANCE_SECONDS = 30;
/** No token is taken for longer than five minutes, that difference included, whatever it says of itself. */
const MOST_SECONDS = 300 - TOLERANCE_SECONDS;
/** As long as the shop asks for: a key that it has taken back is then taken no longer. */
const KEYS_MS = 300_000;

/** Checks tokens with the shop's public keys, which are kept for five minutes and fetched at once when a token names a key that is not among them. */
export type TokenChecker = (token: string) => Promise<SignedEntitlements>;

export function createTokenChecker(
  shop: { readonly url: string; readonly issuer?: string },
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL("/.well-known/entitlement-keys.json", shop.url), {
    cacheMaxAge: KEYS_MS,
    cooldownDuration: 10_000,
  }),
): TokenChecker {
  const issuer = shop.issuer ?? new URL(shop.url).origin;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, algorithms: ["EdDSA"], typ: "entitlements+jwt", clockTolerance: TOLERANCE_SECONDS },
        ...{ maxTokenAge: MOST_SECONDS, requiredClaims: ["sub", "exp", "iat", "entitlements"] },
      });
      const { sub = "", exp = 0, plan = null, entitlements } = payload;
      return {
        organizationId: sub,
        plan: typeof plan === "string" ? plan : null,
        entitlements: entitlements as SignedEntitlements["entitlements"],
        expiresAt: new Date(exp * 1000),
      };
    } catch (error) {
      if (error instanceof errors.JOSEError)
        throw new TokenRefused(`This token is not good: ${error.message}.`, { cause: error });
      throw error;
    }
  };
}

/** On, or more than none of it. */
export function isOn(value: FeatureValue | undefined): boolean {
  if (typeof value === "object") return value.monthly > 0;
  return typeof value === "number" ? value > 0 : value === true;
}

type Api = KraftverkClient["api"];

/** What organizations may do, as a program asks. */
export type EntitlementCheck = {
  /**
   * Whether an organization has a feature, by its token: taken from the shop once and good for minutes; within them no call
   * leaves. What is lost meanwhile is still said to be there for five minutes at most. With `online` the shop is asked now:
   * for what cannot be taken back.
   */
  hasEntitlement(organizationId: string, feature: string, how?: { readonly online?: boolean }): Promise<boolean>;
  /** The token itself, to hand to another program that {@link createTokenChecker} lets check it. */
  token(organizationId: string): Promise<string>;
};

/** A token that has less than this left is replaced before it is used, in milliseconds. */
const RENEW_MS = 30_000;

export function entitlementCheck(api: Api, check: TokenChecker): EntitlementCheck {
  const tokens = new Map<string, Promise<string>>();
  async function token(organizationId: string): Promise<string> {
    const kept = await tokens.get(organizationId)?.catch(() => null);
    if (kept && (decodeJwt(kept).exp ?? 0) * 1000 - Date.now() > RENEW_MS) return kept;
    const asked = api.entitlements.token.query({ organizationId }).then((answer) => answer.token);
    tokens.set(organizationId, asked);
    asked.catch(() => tokens.delete(organizationId));
    return asked;
  }
  return {
    token,
    async hasEntitlement(organizationId, feature, { online = false } = {}) {
      if (online) return isOn((await api.entitlements.get.query({ organizationId })).entitlements[feature]);
      const { organizationId: of, entitlements } = await check(await token(organizationId));
      return of === organizationId && isOn(entitlements[feature]);
    },
  };
}

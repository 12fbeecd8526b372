import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";

/** A public key as it is published (RFC 7517, RFC 8037). */
export type PublicKey = {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly kid: string;
  readonly alg: "EdDSA";
  readonly use: "sig";
};

/** What signs entitlement tokens, and what they can be checked with. */
export type EntitlementKeys = {
  readonly signing: { readonly kid: string; readonly key: KeyObject };
  /** The signing key's first, then those of older secrets: what they signed is good until it runs out. */
  readonly published: readonly PublicKey[];
};

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Keys derived from the shop's secrets (`SESSION_SECRET=new,old`), so that they rotate with them and every process has the
 * same without any store. A key's name follows from its public half.
 */
export function createEntitlementKeys(secrets: readonly [string, ...string[]]): EntitlementKeys {
  const [first, ...older] = secrets.map(keyOf) as [ReturnType<typeof keyOf>, ...ReturnType<typeof keyOf>[]];
  return {
    signing: { kid: first.published.kid, key: first.key },
    published: [first, ...older].map(({ published }) => published),
  };
}

function keyOf(secret: string): { readonly key: KeyObject; readonly published: PublicKey } {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "kraftverk entitlement tokens", 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  const kid = createHash("sha256").update(x).digest("base64url").slice(0, 16);
  return { key, published: { kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" } };
}

import type { Hono } from "hono";
import type { Runtime } from "../wire.ts";

/**
 * `GET /.well-known/entitlement-keys.json`: the public keys of entitlement tokens as a JSON Web Key Set, for everybody. Kept for
 * five minutes by whoever asks; a token of a key that is not among them says by its `kid` that there are others now.
 */
export function entitlementKeysEndpoint(app: Hono, runtime: Runtime): void {
  app.get("/.well-known/entitlement-keys.json", (c) =>
    c.json({ keys: runtime.providers.entitlementKeys.published }, 200, {
      "Content-Type": "application/jwk-set+json",
      "Cache-Control": "public, max-age=300",
      "Access-Control-Allow-Origin": "*",
    }),
  );
}

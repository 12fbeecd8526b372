import type { ServerOptions } from "node:http";

/**
 * How long a caller may take to say what it wants: a slow one is answered 408 within ten seconds, so that it holds nobody
 * up. Node looks at its connections every so often only; by itself every thirty seconds.
 */
export const HTTP_LIMITS: ServerOptions = {
  headersTimeout: 8_000,
  requestTimeout: 9_000,
  connectionsCheckingInterval: 500,
  keepAliveTimeout: 65_000,
};

import type { LoadContext } from "../server/http/load-context.ts";

declare module "@remix-run/node" {
  /** What every loader and action is handed: the only door to the server. */
  interface AppLoadContext extends LoadContext {}
  interface Future {
    v3_singleFetch: true;
  }
}

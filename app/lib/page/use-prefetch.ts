import { matchRoutes } from "@remix-run/react";
import { useSyncExternalStore } from "react";

/**
 * Whether the link to `path` may fetch its page as soon as somebody is about to follow it. Not while the device has no
 * connection: a page that cannot be fetched ahead would take this one with it. And not before the browser has been told
 * which modules that page is made of, which it asks for once the page with the link stands: there is nothing to fetch yet.
 */
export function usePrefetch(path: string): "intent" | "none" {
  const may = useSyncExternalStore(
    subscribe,
    () => navigator.onLine && isKnown(path),
    () => true,
  );
  return may ? "intent" : "none";
}

/** Pages become known and are never forgotten, so each is looked up until then. */
const known = new Set<string>();

function isKnown(path: string): boolean {
  if (!known.has(path) && matchRoutes([...window.__remixRouter.routes], path)) known.add(path);
  return known.has(path);
}

function subscribe(changed: () => void): () => void {
  const forget = window.__remixRouter.subscribe(changed);
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    forget();
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

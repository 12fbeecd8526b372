import { useSyncExternalStore } from "react";

/**
 * Whether a link may fetch its page as soon as somebody is about to follow it. Not while the device has no connection:
 * a page that cannot be fetched ahead would take this one with it.
 */
export function usePrefetch(): "intent" | "none" {
  return useSyncExternalStore(subscribe, isOnline, () => true) ? "intent" : "none";
}

const isOnline = () => navigator.onLine;

function subscribe(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

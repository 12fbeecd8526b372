import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { loader } from "~/routes/checkout.status.tsx";
import type { Purchase } from "./cart-types.ts";

const SECOND = 1_000;
/** Then the visitor is told that we will mail. */
const PATIENCE_MS = 120 * SECOND;
/** After that we still look now and then, as long as the page is open. */
const LATER_MS = 10 * SECOND;

/** States that change by themselves, soon. */
const WAITING: ReadonlySet<Purchase["state"]> = new Set(["working", "unknown", "processing"]);

/** Said of a page that was just paid on when the provider was asked a moment too early: what follows is looked for, too. */
const WATCHED: ReadonlySet<Purchase["state"]> = new Set([...WAITING, "open"]);

/** The purchase as it is now: asks each second until the work is done, for two minutes, then more rarely. */
export function usePurchase(ref: string, loaded: Purchase): { purchase: Purchase; waiting: boolean; slow: boolean } {
  const fetcher = useFetcher<typeof loader>();
  const [startedAt] = useState(() => Date.now());
  const [slow, setSlow] = useState(false);
  const purchase = fetcher.data ?? loaded;
  const waiting = WAITING.has(purchase.state);
  const watched = WATCHED.has(purchase.state);
  const { state, load } = fetcher;

  useEffect(() => {
    if (!watched || state !== "idle") return;
    const late = Date.now() - startedAt > PATIENCE_MS;
    setSlow(late);
    const timer = window.setTimeout(
      () => load(`/checkout/status?ref=${encodeURIComponent(ref)}`),
      late ? LATER_MS : SECOND,
    );
    return () => window.clearTimeout(timer);
  }, [watched, state, load, ref, startedAt]);

  return { purchase, waiting, slow: slow && waiting };
}

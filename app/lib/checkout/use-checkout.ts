import { useFetcher } from "@remix-run/react";
import type { FormEvent } from "react";
import type { CheckoutNotice } from "./begin-checkout.ts";

type Answer = { notice?: CheckoutNotice } | undefined;

/**
 * Buys credits from a form: asks for the payment page and goes there. `isLoading` from the press until the page has gone;
 * `error` says why there is no page, in words. Without JavaScript the same form posts by itself.
 */
export function useCheckout(): {
  startCheckout: (event: FormEvent<HTMLFormElement>) => void;
  isLoading: boolean;
  error: CheckoutNotice | null;
} {
  const fetcher = useFetcher<Answer>();
  const isLoading = fetcher.state !== "idle";
  return {
    startCheckout: (event) => {
      event.preventDefault();
      if (!isLoading) fetcher.submit(event.currentTarget);
    },
    isLoading,
    error: isLoading ? null : (fetcher.data?.notice ?? null),
  };
}

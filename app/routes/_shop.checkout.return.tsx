import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { forgetPayment } from "~/lib/checkout/open-payment.ts";
import { usePurchase } from "~/lib/checkout/use-purchase.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { PurchaseState } from "~/ui/checkout/purchase-state.tsx";
import { PurchaseSummary } from "~/ui/checkout/purchase-summary.tsx";

/**
 * Where the payment page leads back to. Asks for a look at the provider when nothing is known yet, so that the purchase
 * completes even when no webhook comes; from then on only looks at what we know.
 */
export function loader(args: LoaderFunctionArgs) {
  return answer(args, async (context) => {
    const { caller, locale } = context;
    const ref = new URL(args.request.url).searchParams.get("ref") ?? "";
    let purchase = await caller.checkout.status({ ref });
    // A card was declined, but the page can still be paid on: another card may have paid since we last looked.
    const mayHavePaidSince = purchase.state === "failed" && purchase.url !== null;
    if (purchase.state === "open" || purchase.state === "unknown" || mayHavePaidSince) {
      await caller.checkout.confirm({ ref });
      purchase = await caller.checkout.status({ ref });
    } else if (purchase.state !== "working") {
      forgetPayment(context);
    }
    return { locale, ref, purchase, signedIn: context.viewer.kind !== "anonymous" };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("checkout.return.title"), locale }),
    // The address opens the purchase: it stays between the buyer and us.
    { name: "referrer", content: "same-origin" },
    { name: "robots", content: "noindex" },
  ];
};

/**
 * Once the work is done everything around it is read anew: what was bought lies in the cart of the header no more. Also where
 * it was done in the same moment as the page: the cart may have been counted before.
 */
function useWhenDone(waiting: boolean): void {
  const { revalidate } = useRevalidator();
  const counted = useRef(false);
  useEffect(() => {
    if (!waiting && !counted.current) revalidate();
    counted.current = !waiting;
  }, [waiting, revalidate]);
}

export default function Return() {
  const t = useT();
  const loaded = useLoaderData<typeof loader>();
  const { purchase, slow, waiting } = usePurchase(loaded.ref, loaded.purchase);
  useWhenDone(waiting);
  return (
    <div className="mx-auto flex w-full max-w-form flex-col gap-8 px-4 pt-8 md:pt-16">
      {waiting && (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      )}
      <PurchaseState purchase={purchase} reference={loaded.ref} signedIn={loaded.signedIn} />
      {slow && <p role="status">{t("checkout.return.slow")}</p>}
      <PurchaseSummary purchase={purchase} />
    </div>
  );
}

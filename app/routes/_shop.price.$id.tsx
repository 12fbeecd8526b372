import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { PriceReceipt, receiptSum } from "~/ui/pricing/price-receipt.tsx";

/** Why a price was what it was, for the one who paid it: signed in, or by the token of a guest's order. */
export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const ref = new URL(args.request.url).searchParams.get("ref") ?? undefined;
    return { locale, receipt: await caller.pricing.receipts.get({ id: args.params.id ?? "", ref }) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  ...pageMeta({ title: translate(data?.locale ?? "sv")("campaigns.receipt.why"), locale: data?.locale ?? "sv" }),
  // The address may open the receipt: it stays between the buyer and us.
  { name: "referrer", content: "same-origin" },
  { name: "robots", content: "noindex" },
];

export default function PriceReceiptPage() {
  const t = useT();
  const locale = useLocale();
  const { receipt } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto flex w-full max-w-account flex-col gap-6 px-4 pt-8 pb-12 md:px-6 md:pt-16">
      <h1 className="text-26">
        {t("campaigns.receipt.title", { price: receiptSum(receipt, receipt.amount, locale) })}
      </h1>
      <PriceReceipt receipt={receipt} />
    </div>
  );
}

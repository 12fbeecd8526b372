import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { CodeBlock } from "~/ui/code-block.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { PriceReceipt, receiptSum } from "~/ui/pricing/price-receipt.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    receipt: await caller.pricing.receipts.examine({ id: args.params.id ?? "" }),
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: translate(data?.locale ?? "sv")("campaigns.receipt.why"), locale: data?.locale ?? "sv" });

/** A price receipt with everything it was decided from, and whether the rule still comes to the same answer. */
export default function ReceiptPage() {
  const t = useT();
  const locale = useLocale();
  const { receipt } = useLoaderData<typeof loader>();
  return (
    <div className="flex flex-col gap-8">
      <h1 className="text-26 font-bold">
        {t("campaigns.receipt.title", { price: receiptSum(receipt, receipt.amount, locale) })}
      </h1>
      <DescriptionList
        prose
        rows={[
          { term: "Id", value: <CopyText text={receipt.id} what="id" /> },
          {
            term: t("campaigns.receipt.check"),
            value: (
              <Badge tone={receipt.reevaluation === "same" ? "ok" : "bad"}>
                {t(`campaigns.receipt.check.${receipt.reevaluation}`)}
              </Badge>
            ),
          },
          { term: t("campaigns.receipt.rule"), value: <code className="font-mono text-13">{receipt.rule}</code> },
          {
            term: t("campaigns.receipt.stripePrice"),
            value: <CopyText text={receipt.stripePriceId} what={t("campaigns.receipt.stripePrice")} />,
          },
        ]}
      />
      <PriceReceipt receipt={receipt} />
      <CodeBlock code={receipt.inputs} label={t("campaigns.receipt.inputs")} />
    </div>
  );
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { testedPrice } from "~/lib/campaigns/tested-price.server.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { PriceTabs } from "~/ui/pricing/price-tabs.tsx";
import { PriceTester } from "~/ui/pricing/price-tester.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const products = await caller.pricing.sellable();
    return { locale, products, tested: await testedPrice(caller, listPage(args.request), products) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    await caller.pricing.receipts.recheck();
    return data({ rechecking: true });
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: translate(page?.locale ?? "sv")("campaigns.prices.title"), locale: page?.locale ?? "sv" });

export default function PricesPage() {
  const t = useT();
  const { products, tested } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <h1 className="text-26 font-bold">{t("campaigns.prices.title")}</h1>
        <p className="max-w-prose text-fg-muted">{t("campaigns.prices.intro")}</p>
      </div>
      <PriceTabs current="/admin/prices" />
      {result?.rechecking && <Banner live tone="ok" title={t("campaigns.prices.rechecking")} />}
      <PriceTester products={products} {...tested} />
      <p className="max-w-prose text-fg-muted">{t("campaigns.prices.ruleText")}</p>
      <OfficeSection title={t("campaigns.prices.receipts")}>
        <Form method="post" className="flex flex-col items-start gap-3">
          <p className="max-w-prose">{t("campaigns.prices.receiptsHint")}</p>
          <SubmitButton size="compact" variant="outline">
            {t("campaigns.prices.recheck")}
          </SubmitButton>
        </Form>
      </OfficeSection>
    </div>
  );
}

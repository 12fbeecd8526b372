import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { shopInstant } from "~/lib/campaigns/campaign-form.server.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { PriceTabs } from "~/ui/pricing/price-tabs.tsx";
import { PriceTester } from "~/ui/pricing/price-tester.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const currency = page.choice("currency", CURRENCIES) ?? "SEK";
    const { items } = await caller.catalog.products.list({});
    const products = items.map(({ id, name, variants }) => ({
      id,
      name,
      variants: variants.map(({ id: variantId, sku }) => ({ id: variantId, sku })),
    }));
    const productId = products.find(({ id }) => id === page.filter("product"))?.id;
    const wanted = page.filter("at");
    const at = wanted === undefined ? undefined : (shopInstant(wanted) ?? undefined);
    const asked = { productId, currency, at: wanted ?? "", variantId: page.filter("variant") ?? "" };
    try {
      const variantId = page.filter("variant");
      const preview = productId
        ? await caller.pricing.preview({
            productId,
            currency,
            ...(variantId && { variantId }),
            ...(at && { at: new Date(at) }),
          })
        : null;
      return { locale, products, preview, asked, notForSale: false };
    } catch (error) {
      if (refusalOf(error)?.code !== "pricing.not_for_sale") throw error;
      return { locale, products, preview: null, asked, notForSale: true };
    }
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
  const { products, preview, asked, notForSale } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <h1 className="text-26 font-bold">{t("campaigns.prices.title")}</h1>
        <p className="max-w-prose text-fg-muted">{t("campaigns.prices.intro")}</p>
      </div>
      <PriceTabs current="/admin/prices" />
      {result?.rechecking && <Banner live tone="ok" title={t("campaigns.prices.rechecking")} />}
      <PriceTester products={products} preview={preview} asked={asked} currencies={CURRENCIES} />
      {notForSale && <p>{t("campaigns.prices.notForSale", { currency: asked.currency })}</p>}
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

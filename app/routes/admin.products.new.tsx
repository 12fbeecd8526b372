import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { makeProduct } from "~/lib/catalog/product-form.server.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { NewProductForm } from "~/ui/catalog/new-product-form.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ locale }) => ({ locale }));
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const form = await readForm(args.request);
    try {
      return redirect(`/admin/products/${await makeProduct(caller, form)}?made=yes`);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "invalid" && refusal?.kind !== "conflict") throw error;
      return data({ problem: refusalText(refusal, locale) }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("products.new"), locale });
};

/** A product that is new: what it is. It comes into the shop once it has forms and prices and somebody puts it on sale. */
export default function NewProductPage() {
  const t = useT();
  const result = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("products.new")}</h1>
      <p className="max-w-prose">{t("products.newLead")}</p>
      {result?.problem && <Banner live tone="bad" title={result.problem} />}
      <NewProductForm />
    </div>
  );
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { offerChoices } from "~/lib/memberships/offer-choices.server.ts";
import { readOfferForm } from "~/lib/memberships/offer-form.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { OfferForm } from "~/ui/memberships/offer-form.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaffRole(args, ["owner", "marketing"]);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    ...(await offerChoices(caller, locale)),
    formKey: crypto.randomUUID(),
  }));
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, ["owner", "marketing"]);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    try {
      const { id } = await caller.offers.add({ formKey: form.text("formKey"), content: readOfferForm(form) });
      return redirect(`/admin/offers/${id}`);
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ refused: true }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("offers.new"), locale });
};

export default function NewOffer() {
  const t = useT();
  const { products, instead, formKey } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <p>
          <Link to="/admin/offers">{t("offers.title")}</Link>
        </p>
        <h1 className="text-26 font-bold">{t("offers.new")}</h1>
      </div>
      {result?.refused && <Banner live tone="bad" title={t("offers.refused")} />}
      <OfferForm offer={null} products={products} instead={instead} formKey={formKey} />
    </div>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { creditSettingsOf } from "~/lib/credits/credit-settings-form.server.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { CreditSettingsForm } from "~/ui/credits/credit-settings-form.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const [settings, packs] = await Promise.all([
      caller.checkout.credits.settings(),
      caller.checkout.packs({ currency: "SEK" }),
    ]);
    return {
      locale,
      settings,
      saved: new URL(args.request.url).searchParams.has("saved"),
      packs: packs.map(({ productId, name }) => ({ productId, name: name[locale] })),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const refuse = (problem: string) => data({ problem }, { status: formStatus(args.request, 422) });
    const settings = creditSettingsOf(await readForm(args.request));
    if (settings === null) return refuse(translate(locale)("balance.topUp.incomplete"));
    try {
      await caller.checkout.credits.saveSettings(settings);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "invalid" && refusal?.kind !== "not_found") throw error;
      return refuse(refusalText(refusal, locale));
    }
    return redirect("/account/credits/settings?saved");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("balance.settings"), locale });
};

/** What is done when credits run low. */
export default function CreditSettingsPage() {
  const t = useT();
  const { settings, packs, saved } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      {refused && <Banner live tone="bad" title={refused.problem} />}
      {saved && !refused && <Banner live tone="ok" title={t("balance.saved")} />}
      {settings?.stoppedReason && <Banner tone="warn" title={t(`balance.topUp.stopped.${settings.stoppedReason}`)} />}
      <h1 className="text-26">{t("balance.settings")}</h1>
      <CreditSettingsForm settings={settings} packs={packs} />
    </div>
  );
}

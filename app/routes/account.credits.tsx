import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { beginCreditCheckout } from "~/lib/checkout/begin-credit-checkout.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { CreditBalance } from "~/ui/credits/credit-balance.tsx";
import { CreditHistory } from "~/ui/credits/credit-history.tsx";
import { CreditPurchase } from "~/ui/credits/credit-purchase.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Tabs } from "~/ui/tabs.tsx";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const list = listPage(args.request);
    const currency = list.choice("currency", CURRENCIES) ?? "SEK";
    const [credits, packs, history] = await Promise.all([
      caller.checkout.credits.overview(),
      caller.checkout.packs({ currency }),
      caller.credits.history({ cursor: list.cursor }),
    ]);
    return {
      locale,
      currency,
      credits,
      chosen: list.filter("pack") ?? null,
      packs: packs.map(({ name, productId, validDays, recommended, price }) => ({
        ...{ productId, validDays, recommended, price, name: name[locale] },
      })),
      movements: history.items,
      firstHref: list.firstHref,
      nextHref: list.nextHref(history.nextCursor),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => beginCreditCheckout(context, await readForm(args.request)));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("balance.title"), locale });
};

/** What I have, more of it, and what it went to. */
export default function Credits() {
  const t = useT();
  const { credits, packs, currency, chosen, movements, firstHref, nextHref } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-col gap-4">
        <h1 className="text-26">{t("balance.title")}</h1>
        <CreditBalance {...credits} />
      </div>
      <section aria-labelledby="buy" className="flex flex-col gap-4">
        <h2 id="buy" className="text-21">
          {t("balance.buy")}
        </h2>
        <Tabs
          label={t("balance.currency")}
          tabs={CURRENCIES.map((one) => ({
            to: `/account/credits?currency=${one}`,
            label: one,
            current: one === currency,
          }))}
        />
        <CreditPurchase
          key={currency}
          packs={packs}
          currency={currency}
          chosen={chosen}
          notice={refused && "notice" in refused ? refused.notice : null}
        />
      </section>
      <section aria-labelledby="history" className="flex flex-col gap-4">
        <h2 id="history" className="text-21">
          {t("balance.history")}
        </h2>
        <CreditHistory movements={movements} />
        <KeysetPaging previousHref={firstHref} nextHref={nextHref} />
      </section>
      <ul className="flex flex-col gap-2">
        <li>
          <Link to="/account/credits/settings">{t("balance.settingsLink")}</Link>
        </li>
        <li>
          <Link to="/account/keys">{t("balance.keysLink")}</Link>
        </li>
      </ul>
    </div>
  );
}

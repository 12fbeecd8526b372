import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { isRunning, nextPaymentAt, ownInvoice, ownMembership } from "~/lib/memberships/account-types.ts";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { ChargeCalendar } from "~/ui/memberships/charge-calendar.tsx";
import { InvoiceList } from "~/ui/memberships/invoice-list.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const list = listPage(args.request);
    const [memberships, calendar, invoices] = await Promise.all([
      caller.subscriptions.mine.list(),
      caller.billing.memberships.calendar(),
      caller.billing.invoices.mine({ cursor: list.cursor }),
    ]);
    return {
      locale,
      memberships: memberships.items.map((row) => ownMembership(row, locale)).filter(isRunning),
      charges: calendar.charges.map((charge) => ({
        ...charge,
        productName: namedUnits(charge.productName[locale], charge.units),
      })),
      invoices: invoices.items.map((row) => ownInvoice(row, locale)),
      firstHref: list.firstHref,
      nextHref: list.nextHref(invoices.nextCursor),
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("account.billing.title"), locale });
};

export default function Billing() {
  const t = useT();
  const locale = useLocale();
  const { memberships, charges, invoices, firstHref, nextHref } = useLoaderData<typeof loader>();
  const coming = memberships.flatMap((membership) => {
    const at = nextPaymentAt(membership);
    return at ? [{ membership, at }] : [];
  });
  return (
    <div className="flex flex-col gap-8">
      <h1 className="text-26">{t("account.billing.title")}</h1>
      <section aria-labelledby="next" className="flex flex-col gap-2">
        <h2 id="next" className="text-21">
          {t("account.billing.next")}
        </h2>
        {coming.length === 0 && <p>{t("account.billing.nextNone")}</p>}
        {coming.map(({ membership, at }) => (
          <p key={membership.id} className="tabular text-18">
            {t("account.billing.nextText", {
              sum: formatMoney({ amount: membership.nextAmount, currency: membership.currency }, locale, "ledger"),
              date: formatDate(at, locale, "prose"),
              product: namedUnits(membership.plainName, membership.nextUnits),
            })}
          </p>
        ))}
      </section>
      <ChargeCalendar charges={charges} />
      <section aria-labelledby="invoices" className="flex flex-col gap-4">
        <h2 id="invoices" className="text-21">
          {t("account.billing.invoices")}
        </h2>
        <InvoiceList invoices={invoices} />
        <KeysetPaging previousHref={firstHref} nextHref={nextHref} />
      </section>
    </div>
  );
}

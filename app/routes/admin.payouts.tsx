import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { payoutsList } from "~/lib/lists/payouts.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, payoutsList);
    const [standing, page] = await Promise.all([
      caller.payments.payouts.standing(),
      caller.payments.payouts.list({ ...asked.filters, ...asked.place, counted: true }),
    ]);
    return { locale, standing, payouts: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("payouts.list"), locale });
};

type Data = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>;

/** What Stripe sends to the shop's bank: what has arrived, what is on its way, and what came back. */
export default function Payouts() {
  const t = useT();
  const { standing, payouts, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof payouts)[number]>[] = [
    {
      key: "external",
      header: t("payouts.id"),
      phone: "title",
      cell: (payout) => <CopyText text={payout.externalId} what={t("payouts.id")} shorten />,
    },
    {
      key: "status",
      header: t("office.state"),
      phone: "status",
      cell: (payout) => <StatusBadge of="payout" state={payout.status} />,
    },
    {
      key: "arrival",
      header: t("payouts.arrival"),
      phone: "meta",
      cell: (payout) =>
        payout.failureCode !== null ? (
          <>
            {payout.failureMessage} <code className="font-mono text-13">{payout.failureCode}</code>
          </>
        ) : arrives(payout.status) ? (
          <Moment at={payout.arrivalAt} />
        ) : (
          t("words.none")
        ),
    },
    { key: "created", header: t("payouts.sent"), cell: (payout) => <Moment at={payout.createdAt} withTime /> },
    {
      key: "sum",
      header: t("payouts.sum"),
      numeric: true,
      phone: "aside",
      cell: (payout) => <Money of={payout} />,
    },
  ];
  return (
    <ListPage definition={payoutsList} list={list} columns={columns} rows={payouts} rowKey={(payout) => payout.id}>
      {standing.length > 0 && <Standing standing={standing} />}
    </ListPage>
  );
}

/** What came back or was called off is expected nowhere. */
const arrives = (status: Data["payouts"][number]["status"]) => status !== "failed" && status !== "canceled";

function Standing({ standing }: { standing: Data["standing"] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Stats>
      {standing.map(({ currency, underWay, nextArrivalAt, arrived }) => (
        <Stat
          key={currency}
          label={t("payouts.underWay", { currency })}
          value={<Money of={{ amount: underWay, currency }} />}
          note={
            <>
              {nextArrivalAt
                ? t("payouts.next", { date: formatDate(nextArrivalAt, locale, "prose") })
                : t("payouts.nothingUnderWay")}
              <br />
              {t("payouts.arrived", { sum: formatMoney({ amount: arrived, currency }, locale, "ledger") })}
            </>
          }
        />
      ))}
    </Stats>
  );
}

import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { accountKindKey, postingPhaseKey } from "~/lib/credits/ledger-words.ts";
import { severalCurrencies } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { ledgerEntriesList } from "~/lib/lists/ledger-entries.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { LedgerAmount } from "~/ui/credits/ledger-amount.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, ledgerEntriesList);
    const { account: accountId } = asked.filters;
    const [page, account] = await Promise.all([
      caller.ledger.entries({ ...asked.filters, ...asked.place, counted: true }),
      accountId ? caller.ledger.accounts.find({ accountId }) : null,
    ]);
    return { locale, account, entries: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: data?.account?.id ?? translate(locale)("ledger.entries"), locale });
};

/** Every line of the ledger; of one account with what it holds. The way down from any figure of the books. */
export default function LedgerEntries() {
  const t = useT();
  const { account, entries, list } = useLoaderData<typeof loader>();
  const several = severalCurrencies(entries);
  const columns: Column<(typeof entries)[number]>[] = [
    {
      key: "kind",
      header: t("ledger.what"),
      phone: "title",
      cell: (entry) => <code className="font-mono text-13">{entry.kind}</code>,
    },
    { key: "at", header: t("ledger.at"), phone: "meta", cell: (entry) => <Moment at={entry.at} withTime /> },
    { key: "phase", header: t("ledger.phase"), phone: "status", cell: (entry) => t(postingPhaseKey(entry.phase)) },
    ...(account
      ? []
      : [
          {
            key: "account",
            header: t("ledger.account"),
            phone: "status" as const,
            cell: (entry: (typeof entries)[number]) => (
              <code className="font-mono text-13 break-all">{entry.accountId}</code>
            ),
          },
        ]),
    {
      key: "source",
      header: t("ledger.about"),
      cell: (entry) => <code className="font-mono text-13 break-all">{entry.source}</code>,
    },
    {
      key: "amount",
      header: t("ledger.amount"),
      numeric: true,
      phone: "aside",
      cell: (entry) => (
        <LedgerAmount signed withCode={several} of={{ amount: entry.grows, currency: entry.currency }} />
      ),
    },
  ];
  return (
    <ListPage
      definition={ledgerEntriesList}
      list={list}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      rowHref={(entry) => `/admin/ledger/postings/${entry.postingId}`}
    >
      {account && (
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <p className="min-w-0">
            <code className="font-mono text-14 break-all">{account.id}</code>
            <br />
            <span className="text-fg-muted">
              {t(accountKindKey(account.kind))}
              {account.held > 0 && (
                <>
                  {" · "}
                  {t("ledger.held")} <LedgerAmount of={{ amount: account.held, currency: account.currency }} />
                </>
              )}
            </span>
          </p>
          <span className="ml-auto text-26 font-bold">
            <LedgerAmount of={{ amount: account.balance, currency: account.currency }} />
          </span>
        </div>
      )}
    </ListPage>
  );
}

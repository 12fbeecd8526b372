import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { accountKindKey, postingPhaseKey } from "~/lib/ledger-words.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { LedgerAmount } from "~/ui/ledger-amount.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const list = await caller.ledger.accounts.entries({ accountId: args.params.id ?? "", cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.nextHref(list.previousCursor) };
    return { locale, account: list.account, entries: list.items, hrefs };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: data?.account.id ?? "", locale: data?.locale ?? "sv" });

export default function LedgerAccount() {
  const t = useT();
  const { account, entries, hrefs } = useLoaderData<typeof loader>();
  const { currency } = account;
  const columns: Column<(typeof entries)[number]>[] = [
    {
      key: "kind",
      header: t("ledger.what"),
      phone: "title",
      cell: (entry) => <code className="font-mono text-13">{entry.kind}</code>,
    },
    { key: "at", header: t("ledger.at"), phone: "meta", cell: (entry) => <Moment at={entry.at} withTime /> },
    { key: "phase", header: t("ledger.phase"), phone: "status", cell: (entry) => t(postingPhaseKey(entry.phase)) },
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
        <LedgerAmount signed of={{ amount: account.side === "debit" ? entry.amount : -entry.amount, currency }} />
      ),
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <h1 className="font-mono text-21 font-bold break-all">{account.id}</h1>
        <span className="ml-auto text-26 font-bold">
          <LedgerAmount of={{ amount: account.balance, currency }} />
        </span>
      </div>
      <p className="text-fg-muted">
        {t(accountKindKey(account.kind))}
        {account.held > 0 && (
          <>
            {" · "}
            {t("ledger.held")} <LedgerAmount of={{ amount: account.held, currency }} />
          </>
        )}
      </p>
      <DataTable
        caption={account.id}
        columns={columns}
        rows={entries}
        rowKey={(entry) => String(entry.id)}
        rowHref={(entry) => `/admin/ledger/postings/${entry.postingId}`}
      />
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}

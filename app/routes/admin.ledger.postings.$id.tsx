import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { postingPhaseKey } from "~/lib/credits/ledger-words.ts";
import { severalCurrencies } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import { LedgerAmount } from "~/ui/credits/ledger-amount.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    posting: await caller.ledger.postings.get({ id: args.params.id ?? "" }),
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: data?.posting.kind ?? "", locale: data?.locale ?? "sv" });

export default function Posting() {
  const t = useT();
  const { posting } = useLoaderData<typeof loader>();
  const several = severalCurrencies(posting.entries);
  const columns: Column<(typeof posting.entries)[number]>[] = [
    {
      key: "account",
      header: t("ledger.account"),
      phone: "title",
      cell: (entry) => <code className="font-mono text-13 break-all">{entry.accountId}</code>,
    },
    {
      key: "debit",
      header: t("ledger.debit"),
      numeric: true,
      phone: "aside",
      cell: (entry) =>
        entry.amount > 0 && (
          <>
            <OnPhone>{t("ledger.debit")}</OnPhone> <LedgerAmount withCode={several} of={entry} />
          </>
        ),
    },
    {
      key: "credit",
      header: t("ledger.credit"),
      numeric: true,
      phone: "aside",
      cell: (entry) =>
        entry.amount < 0 && (
          <>
            <OnPhone>{t("ledger.credit")}</OnPhone>{" "}
            <LedgerAmount withCode={several} of={{ ...entry, amount: -entry.amount }} />
          </>
        ),
    },
  ];
  const cited: [term: string, id: string][] = [
    ...(posting.settles ? [[t("ledger.settles"), posting.settles] as [string, string]] : []),
    ...(posting.reverses ? [[t("ledger.reverses"), posting.reverses] as [string, string]] : []),
    ...posting.citedBy.map(({ id, reverses }): [string, string] => [
      t(reverses ? "ledger.reversedBy" : "ledger.settledBy"),
      id,
    ]),
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="font-mono text-21 font-bold break-all">{posting.kind}</h1>
      <DataTable
        caption={t("ledger.entries")}
        columns={columns}
        rows={posting.entries}
        rowKey={(entry) => entry.accountId}
        rowHref={(entry) => `/admin/ledger/entries?account=${encodeURIComponent(entry.accountId)}`}
      />
      <DescriptionList
        prose
        rows={[
          { term: t("ledger.at"), value: <Moment at={posting.at} withTime /> },
          { term: t("ledger.phase"), value: t(postingPhaseKey(posting.phase)) },
          { term: t("ledger.about"), value: <Searched>{posting.source}</Searched> },
          { term: t("ledger.key"), value: <code className="font-mono text-13 break-all">{posting.key}</code> },
          { term: t("ledger.actor"), value: posting.actor },
          ...(posting.reason ? [{ term: t("ledger.reason"), value: posting.reason }] : []),
          ...cited.map(([term, id]) => ({ term, value: <Link to={`/admin/ledger/postings/${id}`}>{id}</Link> })),
          {
            term: t("ledger.seal"),
            value: posting.seal ? (
              <CopyText shorten what={t("ledger.seal")} text={`${posting.seal.seq} ${posting.seal.hash}`} />
            ) : (
              t("ledger.unsealed")
            ),
          },
        ]}
      />
    </div>
  );
}

/** Which side an amount is on: a phone has no columns with names above them. */
function OnPhone({ children }: { children: string }) {
  return <span className="text-14 text-fg-muted md:hidden">{children}</span>;
}

function Searched({ children }: { children: ReactNode & string }) {
  return (
    <Link to={`/admin/search?q=${encodeURIComponent(children)}`} className="font-mono text-13 break-all">
      {children}
    </Link>
  );
}

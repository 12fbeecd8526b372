import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { accountKindKey } from "~/lib/credits/ledger-words.ts";
import { severalCurrencies } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { ledgerAccountsList } from "~/lib/lists/ledger-accounts.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { ledgerProblem } from "~/lib/office/alert-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { BooksBalance } from "~/ui/credits/books-balance.tsx";
import { LedgerAmount } from "~/ui/credits/ledger-amount.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, ledgerAccountsList);
    const [status, page] = await Promise.all([
      caller.ledger.status(),
      caller.ledger.accounts.list({ ...asked.filters, ...asked.place, counted: true }),
    ]);
    const mayVerify = ["owner", "finance"].includes(viewer.role);
    return { locale, status, accounts: page.items, list: await asked.view(page), mayVerify };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    await caller.ledger.verify();
    return data({ begun: true });
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("ledger.title"), locale });
};

export default function Ledger() {
  const t = useT();
  const locale = useLocale();
  const { status, accounts, list, mayVerify } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const several = severalCurrencies(accounts);
  const columns: Column<(typeof accounts)[number]>[] = [
    {
      key: "id",
      header: t("ledger.account"),
      phone: "title",
      cell: (account) => <code className="font-mono text-13 break-all">{account.id}</code>,
    },
    { key: "kind", header: t("ledger.what"), phone: "status", cell: (account) => t(accountKindKey(account.kind)) },
    {
      key: "balance",
      header: t("ledger.balance"),
      numeric: true,
      phone: "aside",
      cell: (account) => (
        <LedgerAmount withCode={several} of={{ amount: account.balance, currency: account.currency }} />
      ),
    },
  ];
  return (
    <ListPage
      definition={ledgerAccountsList}
      list={list}
      columns={columns}
      rows={accounts}
      rowKey={(account) => account.id}
      rowHref={(account) => `/admin/ledger/entries?account=${encodeURIComponent(account.id)}`}
      action={
        mayVerify && (
          <Form method="post">
            <SubmitButton size="compact" variant="quiet">
              {t("ledger.verify")}
            </SubmitButton>
          </Form>
        )
      }
    >
      <BooksBalance of={status.last} />
      {result?.begun && <Banner live tone="info" title={t("ledger.verifying")} />}
      {status.last && status.last.problems.length > 0 && (
        <Banner tone="bad" title={t("ledger.doesNotBalance")}>
          <ul className="list-disc pl-5">
            {status.last.problems.map((problem) => (
              <li key={problem}>{ledgerProblem(problem, locale)}</li>
            ))}
          </ul>
        </Banner>
      )}
    </ListPage>
  );
}

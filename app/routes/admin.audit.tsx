import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { formatDateTime } from "~/lib/format/dates.ts";
import { formatMoney, severalCurrencies } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { auditList } from "~/lib/lists/audit.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { actorWord, actWord } from "~/lib/office/act-words.ts";
import { chainProblem } from "~/lib/office/alert-words.ts";
import { auditHref } from "~/lib/office/audit-href.ts";
import { reasonWords } from "~/lib/office/told-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, auditList);
    const [page, check] = await Promise.all([
      caller.audit.list({ ...asked.filters, ...asked.place, counted: true }),
      caller.audit.lastCheck(),
    ]);
    return { locale, entries: page.items, check, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.audit.title"), locale });
};

type Entry = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>["entries"][number];

export default function AuditLog() {
  const t = useT();
  const locale = useLocale();
  const { entries, list, check } = useLoaderData<typeof loader>();
  const several = severalCurrencies(entries.flatMap((entry) => entry.money ?? []));
  const columns: Column<Entry>[] = [
    {
      key: "action",
      header: t("security.audit.action"),
      phone: "title",
      cell: (entry) => <span title={entry.action}>{actWord(entry.action, locale)}</span>,
    },
    {
      key: "actor",
      header: t("security.audit.actor"),
      phone: "status",
      cell: (entry) => <span className="break-words">{actorWord(entry.actor, entry.who, t)}</span>,
    },
    {
      key: "subject",
      header: t("security.audit.subject"),
      cell: (entry) => <Subject entry={entry} />,
    },
    {
      key: "reason",
      header: t("security.audit.reason"),
      phone: "meta",
      cell: (entry) => (
        <span className="flex max-w-prose flex-wrap gap-x-3">
          {entry.money && (
            <span className="tabular whitespace-nowrap">
              {formatMoney(entry.money, locale, "ledger", { withCode: several })}
            </span>
          )}
          {entry.reason && <span className="wrap-anywhere">{reasonWords(entry, locale)}</span>}
        </span>
      ),
    },
    {
      key: "link",
      header: t("security.audit.link"),
      cell: (entry) => entry.position ?? <span className="text-fg-muted">{t("security.audit.unsealed")}</span>,
    },
    { key: "at", header: t("security.audit.at"), phone: "meta", cell: (entry) => <Moment at={entry.at} withTime /> },
  ];
  return (
    <ListPage definition={auditList} list={list} columns={columns} rows={entries} rowKey={(entry) => entry.id}>
      <ChainCheck check={check} />
    </ListPage>
  );
}

/** What an entry is about, as a link where that has a page. */
function Subject({ entry }: { entry: Entry }) {
  const href = auditHref(entry);
  const id = entry.named ?? <code className="font-mono text-13 break-all">{entry.subject}</code>;
  return href ? (
    <Link to={href} className="underline underline-offset-2">
      {id}
    </Link>
  ) : (
    id
  );
}

type Check = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>["check"];

/** Whether the log is as it was written, and when that was last looked at. */
function ChainCheck({ check }: { check: Check }) {
  const t = useT();
  const locale = useLocale();
  if (!check) return <Banner tone="info" title={t("security.audit.unchecked")} />;
  const time = formatDateTime(check.at, locale, "table");
  return check.problem ? (
    <Banner tone="bad" title={t("security.audit.broken", { problem: chainProblem(check.problem, locale), time })} />
  ) : (
    <Banner tone="ok" title={t("security.audit.whole", { count: check.entries, time })} />
  );
}

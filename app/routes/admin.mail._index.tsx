import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StateFilter } from "~/ui/state-filter.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const STATES = statesOf("mail");

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = { status: page.choice("status", STATES), q: page.filter("q")?.slice(0, 200) };
    const list = await caller.messaging.emails.list({ ...filters, cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, emails: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.mail.title"), locale });
};

export default function MailLog() {
  const t = useT();
  const { emails, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const columns: Column<(typeof emails)[number]>[] = [
    { key: "subject", header: t("office.mail.subject"), phone: "title", cell: (email) => email.subject },
    {
      key: "to",
      header: t("office.mail.to"),
      phone: "status",
      cell: (email) => <span className="break-all">{email.to}</span>,
    },
    {
      key: "template",
      header: t("office.mail.template"),
      cell: (email) => <code className="font-mono text-13">{email.template}</code>,
    },
    {
      key: "status",
      header: t("office.mail.status"),
      phone: "aside",
      cell: (email) => <StatusBadge of="mail" state={email.status} />,
    },
    {
      key: "created",
      header: t("office.mail.created"),
      phone: "meta",
      cell: (email) => <Moment at={email.createdAt} withTime />,
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.mail.title")}</h1>
      <FilterBar label={t("office.mail.title")} clearHref={filtered ? "/admin/mail" : undefined}>
        <Field compact type="search" name="q" label={t("office.mail.query")} defaultValue={filters.q} />
        <StateFilter of="mail" states={STATES} current={filters.status} />
      </FilterBar>
      {emails.length === 0 ? (
        <EmptyState title={t(filtered ? "office.mail.noneMatch" : "office.mail.none")} />
      ) : (
        <DataTable
          caption={t("office.mail.title")}
          columns={columns}
          rows={emails}
          rowKey={(email) => email.id}
          rowHref={(email) => `/admin/mail/${email.id}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/mail"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}

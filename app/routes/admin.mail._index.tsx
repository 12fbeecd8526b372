import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { mailList } from "~/lib/lists/mail.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, mailList);
    const page = await caller.messaging.emails.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, emails: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.mail.title"), locale });
};

export default function MailLog() {
  const t = useT();
  const { emails, list } = useLoaderData<typeof loader>();
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
    <ListPage
      definition={mailList}
      list={list}
      columns={columns}
      rows={emails}
      rowKey={(email) => email.id}
      rowHref={(email) => `/admin/mail/${email.id}`}
    />
  );
}

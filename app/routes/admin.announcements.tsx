import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatLag } from "~/lib/format/lag.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { announcementsList } from "~/lib/lists/announcements.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, announcementsList);
    const page = await caller.pricing.incoming({ ...asked.filters, ...asked.place, counted: true });
    return { locale, announcements: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: translate(data?.locale ?? "sv")("campaigns.incoming.title"), locale: data?.locale ?? "sv" });

export default function Announcements() {
  const t = useT();
  const locale = useLocale();
  const { announcements, list } = useLoaderData<typeof loader>();
  const lag = (milliseconds: number | null) =>
    milliseconds === null ? t("words.none") : formatLag(milliseconds, locale);
  const columns: Column<(typeof announcements)[number]>[] = [
    {
      key: "campaign",
      header: t("campaigns.incoming.campaign"),
      phone: "title",
      cell: (one) => one.campaignId ?? t("words.none"),
    },
    {
      key: "action",
      header: t("campaigns.incoming.action"),
      phone: "aside",
      cell: (one) => <code className="font-mono text-13">{one.action}</code>,
    },
    {
      key: "result",
      header: t("campaigns.incoming.result"),
      phone: "status",
      cell: (one) => t(`office.campaigns.result.${one.result}`),
    },
    { key: "version", header: t("campaigns.incoming.version"), numeric: true, cell: (one) => one.version ?? "" },
    {
      key: "received",
      header: t("campaigns.incoming.received"),
      phone: "meta",
      cell: (one) => <Moment at={one.receivedAt} withTime />,
    },
    {
      key: "arriving",
      header: t("campaigns.incoming.arriving"),
      numeric: true,
      cell: (one) => lag(one.lag.arriving),
    },
    {
      key: "applying",
      header: t("campaigns.incoming.applying"),
      numeric: true,
      cell: (one) => lag(one.lag.applying),
    },
    {
      key: "showing",
      header: t("campaigns.incoming.showing"),
      numeric: true,
      cell: (one) =>
        one.appliedAt !== null && one.visibleAt === null ? t("campaigns.incoming.waiting") : lag(one.lag.showing),
    },
  ];
  return (
    <ListPage
      definition={announcementsList}
      list={list}
      columns={columns}
      rows={announcements}
      rowKey={(one) => one.id}
      rowHref={(one) => `/admin/campaigns/${encodeURIComponent(one.campaignId ?? "")}`}
    >
      <p className="max-w-prose text-fg-muted">{t("campaigns.incoming.intro")}</p>
    </ListPage>
  );
}

import type { AppLoadContext } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { changeWords, type FeatureNames } from "~/lib/plans/planning-words.ts";
import { Badge } from "../badge.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";

type Report = Awaited<ReturnType<AppLoadContext["caller"]["plans"]["migrations"]["preview"]>>;
type Mover = Report["movers"][number];

/** Each subscription of the version: what it costs now and then, from when, and what its organization gains and loses. */
export function MoveReport({ movers, names }: { movers: readonly Mover[]; names: FeatureNames }) {
  const t = useT();
  const words = { t, locale: useLocale() };
  const columns: Column<Mover>[] = [
    {
      key: "who",
      header: t("moving.who"),
      phone: "title",
      cell: (mover) => <span className="break-all">{mover.organizationName ?? mover.payerEmail}</span>,
    },
    {
      key: "outcome",
      header: t("moving.outcome"),
      phone: "status",
      cell: (mover) =>
        mover.obstacle ? (
          <Badge tone="neutral">{t(`moving.obstacle.${mover.obstacle}`)}</Badge>
        ) : (
          <span>{mover.at && <Moment at={mover.at} />}</span>
        ),
    },
    {
      key: "now",
      header: t("moving.now"),
      numeric: true,
      phone: "meta",
      cell: (mover) => <RecurringSum of={{ ...mover, intervalCount: 1 }} />,
    },
    {
      key: "then",
      header: t("moving.then"),
      numeric: true,
      phone: "aside",
      cell: (mover) =>
        mover.nextAmount === null ? (
          t("words.none")
        ) : (
          <RecurringSum of={{ ...mover, amount: mover.nextAmount, intervalCount: 1 }} />
        ),
    },
    {
      key: "rights",
      header: t("moving.rights"),
      phone: "meta",
      cell: (mover) => mover.changes.map((change) => changeWords(change, names, words)).join(" · ") || t("words.none"),
    },
    {
      key: "organization",
      header: t("planning.organizations"),
      cell: (mover) => <Link to={`/admin/organizations/${mover.organizationId}`}>{t("moving.open")}</Link>,
    },
  ];
  return (
    <DataTable
      caption={t("moving.each")}
      columns={columns}
      rows={movers}
      rowKey={(mover) => mover.id}
      rowHref={(mover) => `/admin/memberships/${mover.id}`}
    />
  );
}

import type { AppLoadContext } from "@remix-run/node";
import { useT } from "~/lib/i18n/language.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";

type Version = Awaited<ReturnType<AppLoadContext["caller"]["company"]["history"]>>["items"][number];

/** What the company's details have said, the newest first, and who wrote it. */
export function CompanyHistory({ versions }: { versions: readonly Version[] }) {
  const t = useT();
  if (versions.length === 0) return <p className="text-fg-muted">{t("settings.company.first")}</p>;
  const columns: Column<Version>[] = [
    { key: "name", header: t("settings.company.name"), phone: "title", cell: (one) => one.name },
    { key: "orgNumber", header: t("settings.company.orgNumber"), cell: (one) => one.orgNumber },
    { key: "vatNumber", header: t("settings.company.vatNumber"), cell: (one) => one.vatNumber },
    { key: "address", header: t("settings.company.address"), cell: (one) => one.address },
    {
      key: "email",
      header: t("settings.company.email"),
      cell: (one) => <span className="break-all">{one.email}</span>,
    },
    { key: "phone", header: t("settings.company.phone"), cell: (one) => one.phone ?? t("words.none") },
    { key: "bank", header: t("settings.company.bank"), cell: (one) => one.bank ?? t("words.none") },
    { key: "who", header: t("settings.company.who"), phone: "status", cell: (one) => one.who ?? t("words.none") },
    { key: "at", header: t("settings.company.at"), phone: "meta", cell: (one) => <Moment at={one.setAt} withTime /> },
  ];
  return (
    <DataTable caption={t("settings.company.history")} columns={columns} rows={versions} rowKey={(one) => one.id} />
  );
}

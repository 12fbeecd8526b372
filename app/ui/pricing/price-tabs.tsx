import { useT } from "~/lib/i18n/language.tsx";
import { Tabs } from "../tabs.tsx";

const VIEWS = [
  { to: "/admin/prices", label: "campaigns.prices.title" },
  { to: "/admin/prices/list", label: "prices.list.title" },
  { to: "/admin/receipts", label: "prices.receipts.title" },
] as const;

/** The views of prices, each with its own address. */
export function PriceTabs({ current }: { current: (typeof VIEWS)[number]["to"] }) {
  const t = useT();
  const tabs = VIEWS.map(({ to, label }) => ({ to, label: t(label), current: to === current }));
  return <Tabs label={t("campaigns.prices.title")} tabs={tabs} />;
}

import { useT } from "~/lib/i18n/language.tsx";
import { Tabs } from "../tabs.tsx";

const VIEWS = [
  { to: "/admin/webhooks", label: "webhooks.tab.inbox" },
  { to: "/admin/webhooks/batches", label: "webhooks.tab.batches" },
  { to: "/admin/webhooks/drift", label: "webhooks.tab.drift" },
] as const;

/** The views of the inbox, each with its own address. */
export function InboxTabs({ current }: { current: (typeof VIEWS)[number]["to"] }) {
  const t = useT();
  const tabs = VIEWS.map(({ to, label }) => ({ to, label: t(label), current: to === current }));
  return <Tabs label={t("webhooks.title")} tabs={tabs} />;
}

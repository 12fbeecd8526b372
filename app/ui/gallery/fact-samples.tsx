import { Check, Mail, Webhook, X } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { BarChart } from "../bar-chart.tsx";
import { DescriptionList } from "../description-list.tsx";
import { PeriodRail } from "../memberships/period-rail.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { Stat, Stats } from "../stat.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { Stepper } from "../stepper.tsx";
import { Timeline } from "../timeline.tsx";
import { Sample } from "./sample.tsx";

const NOW = "2026-11-20T18:04:00Z";
const sek = (amount: number) => ({ amount, currency: "SEK" });

export function FactSamples() {
  const t = useT();
  return (
    <Sample title="Stat, DescriptionList, Stepper, PeriodRail, BarChart, Timeline">
      <Stats>
        <Stat label={t("admin.nav.orders")} value="1 284" />
        <Stat label={t("prices.total")} value={<Money of={sek(1248000)} />} note={t("prices.inclVat")} />
      </Stats>
      <DescriptionList
        rows={[
          {
            term: t("account.nav.membership"),
            value: "Medlemskap Öppet Plus, årsvis",
            action: <a href="#change">{t("words.change")}</a>,
          },
          { term: t("prices.total"), value: <Money of={sek(-14930)} /> },
          { term: t("account.nav.billing"), value: <StatusBadge of="payment" state="paid" /> },
        ]}
      />
      <Stepper
        label={t("account.nav.orders")}
        steps={[
          { label: t("checkout.return.step.payment"), state: "done" },
          { label: t("checkout.return.step.membership"), state: "current" },
          { label: t("checkout.return.step.receipt"), state: "waiting" },
          { label: "X", state: "stopped" },
        ]}
      />
      <PeriodRail
        label={t("account.nav.membership")}
        start={{ at: "2026-11-10T09:00:00Z", label: "Start" }}
        end={{ at: "2026-12-10T09:00:00Z", label: t("words.next") }}
        now={NOW}
        marks={[{ at: "2026-11-24T09:00:00Z", label: t("statuses.membership.trialing") }]}
      />
      <BarChart
        title={t("webhooks.days.lag")}
        note={t("webhooks.days.lagNote")}
        bars={[
          { key: "1", label: "17", value: null, text: t("words.none") },
          { key: "2", label: "18", value: 0, text: "0" },
          { key: "3", label: "19", value: 120, text: "120" },
          { key: "4", label: "20", value: 45, text: "45", partial: true },
        ]}
      />
      <Timeline
        now={NOW}
        items={[
          {
            id: "3",
            at: "2026-11-20T17:59:00Z",
            icon: Mail,
            title: t("statuses.mail.sent"),
            body: "member@kraftverk.test",
          },
          {
            id: "2",
            at: "2026-11-20T12:00:00Z",
            icon: Check,
            tone: "ok",
            title: t("statuses.payment.paid"),
            body: <Money of={sek(29900)} />,
          },
          { id: "1", at: "2026-11-18T12:00:00Z", icon: X, tone: "bad", title: t("statuses.payment.failed") },
          {
            id: "0",
            at: "2026-11-18T11:59:00Z",
            icon: Webhook,
            title: <Moment at="2026-11-18T11:59:00Z" style="prose" />,
          },
        ]}
      />
    </Sample>
  );
}

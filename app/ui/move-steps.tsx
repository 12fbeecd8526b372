import type { AppLoadContext } from "@remix-run/node";
import { useT } from "~/lib/i18n/language.tsx";
import type { Translate } from "~/lib/i18n/translate.ts";
import { type Column, DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";
import { RecurringSum } from "./recurring-sum.tsx";

type Move = Awaited<ReturnType<AppLoadContext["caller"]["plans"]["migrations"]["get"]>>;
type Step = Move["items"][number];

const OBSTACLES = ["unpaid", "paused", "ending", "change_open", "no_price", "gone"] as const;

function obstacleWord(obstacle: string, t: Translate): string {
  const known = OBSTACLES.find((one) => one === obstacle);
  return t(`moving.obstacle.${known ?? "other"}`);
}

function outcomeWord({ obstacle, status }: Pick<Step, "obstacle" | "status">, t: Translate): string {
  if (obstacle !== null || status === null) return obstacleWord(obstacle ?? "gone", t);
  return t(`memberships.state.${status}`);
}

/** How many came to what. */
export function MoveOutcome({ counts }: { counts: Move["counts"] }) {
  const t = useT();
  if (counts.length === 0) return <p className="text-fg-muted">{t("moving.notYet")}</p>;
  return (
    <ul className="flex flex-wrap gap-x-8 gap-y-2">
      {counts.map(({ outcome, skipped, count }) => (
        <li key={`${outcome}${skipped}`}>
          <span className="tabular mr-2 text-18 font-bold">{count}</span>
          {skipped ? obstacleWord(outcome, t) : t(`memberships.state.${outcome as NonNullable<Step["status"]>}`)}
        </li>
      ))}
    </ul>
  );
}

/** Each subscription of a move, and what came of it. */
export function MoveSteps({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const columns: Column<Step>[] = [
    {
      key: "who",
      header: t("moving.who"),
      phone: "title",
      cell: (step) => <span className="break-all">{step.organizationName ?? step.email}</span>,
    },
    {
      key: "outcome",
      header: t("moving.outcome"),
      phone: "status",
      cell: (step) => (
        <>
          {outcomeWord(step, t)}
          {step.failureCode && <code className="ml-2 font-mono text-13">{step.failureCode}</code>}
        </>
      ),
    },
    {
      key: "when",
      header: t("moving.when"),
      phone: "meta",
      cell: (step) => (step.effectiveAt ? <Moment at={step.effectiveAt} /> : t("words.none")),
    },
    {
      key: "now",
      header: t("moving.now"),
      numeric: true,
      phone: "aside",
      cell: (step) => <RecurringSum of={{ ...step, amount: step.before, intervalCount: 1 }} />,
    },
    {
      key: "then",
      header: t("moving.then"),
      numeric: true,
      cell: (step) =>
        step.obstacle === null ? (
          <RecurringSum of={{ ...step, amount: step.amount ?? step.before, intervalCount: 1 }} />
        ) : (
          t("words.none")
        ),
    },
  ];
  return (
    <DataTable
      caption={t("moving.each")}
      columns={columns}
      rows={steps}
      rowKey={(step) => step.id}
      rowHref={(step) => `/admin/memberships/${step.subscriptionId}`}
    />
  );
}

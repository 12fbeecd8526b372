import type { AppLoadContext } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { Translate } from "~/lib/i18n/translate.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";
import { StepCost } from "./move-now.tsx";

type Move = Awaited<ReturnType<AppLoadContext["caller"]["plans"]["migrations"]["get"]>>;
type Step = Move["items"][number];

const OBSTACLES = [
  ...(["unpaid", "paused", "ending", "change_open", "no_price", "gone"] as const),
  ...(["no_quote", "no_answer", "quote_expired", "left_out", "quoted"] as const),
] as const;

function obstacleWord(obstacle: string, t: Translate): string {
  const known = OBSTACLES.find((one) => one === obstacle);
  return t(`moving.obstacle.${known ?? "other"}`);
}

function outcomeWord({ obstacle, status, cost }: Pick<Step, "obstacle" | "status" | "cost">, t: Translate): string {
  if (obstacle !== null || status === null) return obstacleWord(obstacle ?? (cost ? "quoted" : "gone"), t);
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

/** Each subscription of a move, what it costs and what came of it. `backHref`: the way to take one back alone. */
export function MoveSteps({
  steps,
  now,
  backHref,
}: {
  steps: readonly Step[];
  now: boolean;
  backHref: ((stepId: string) => string) | null;
}) {
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
          {step.undoReason && (
            <span className="block break-words text-13 text-fg-muted">
              {t("moving.takenBack", { reason: step.undoReason })}
            </span>
          )}
        </>
      ),
    },
    now
      ? {
          key: "cost",
          header: t("moving.costNow"),
          numeric: true,
          phone: "aside",
          cell: (step) => (step.cost ? <StepCost cost={step.cost} currency={step.currency} /> : t("words.none")),
        }
      : {
          key: "when",
          header: t("moving.when"),
          phone: "meta",
          cell: (step) => (step.effectiveAt ? <Moment at={step.effectiveAt} /> : t("words.none")),
        },
    {
      key: "now",
      header: t("moving.now"),
      numeric: true,
      phone: now ? "meta" : "aside",
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
    ...(backHref && steps.some(({ takesBack }) => takesBack)
      ? [
          {
            key: "back",
            header: t("moving.takeBack"),
            // A phone has no link within a row: there it is chosen from a list.
            cell: (step: Step) =>
              step.takesBack ? <Link to={backHref(step.id)}>{t("moving.takeBack")}</Link> : t("words.none"),
          },
        ]
      : []),
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

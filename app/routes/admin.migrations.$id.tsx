import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { actorWord } from "~/lib/office/act-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { actOnMove } from "~/lib/plans/move-acts.server.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { MoveBegin, MoveCosts, MoveTakeBack, MoveTakeBackChoice } from "~/ui/plans/move-now.tsx";
import { MoveOutcome, MoveSteps } from "~/ui/plans/move-steps.tsx";
import { PlanActReason } from "~/ui/plans/plan-act-reason.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

/** May move what people pay; the server has the same list. */
const FINANCE = ["owner", "finance"] as const;
const ACTS = ["stop", "resume", "undo", "drop"] as const;
/** What can be done with a move as it stands. */
const OFFERED: Readonly<Record<string, readonly (typeof ACTS)[number][]>> = {
  running: ["stop"],
  quoting: ["drop"],
  stopped: ["resume", "undo"],
  done: ["undo"],
};

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const cursor = searchParams.get("cursor") ?? undefined;
    const step = searchParams.get("back") || undefined;
    const move = await caller.plans.migrations.get({ id: args.params.id ?? "", step, cursor });
    return { locale, move, cursor: cursor ?? null, maySteer: FINANCE.some((one) => one === role) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...FINANCE]);
  return answer(args, (context) => actOnMove(args, context));
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("moving.title"), locale });
};

const ON_THE_WAY: readonly string[] = ["requested", "sent", "unknown"];

/** A move of everybody on one version to another: how far it is, what came of it, and the way to stop it or take it back. */
export default function MigrationPage() {
  const t = useT();
  const locale = useLocale();
  const { move, maySteer, cursor } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const under = move.status === "running" || move.status === "undoing" || move.status === "quoting";
  // Everything is ordered before the last of it is booked at the provider.
  useRefresh(under || move.counts.some(({ outcome }) => ON_THE_WAY.includes(outcome)));
  const offered = maySteer ? (OFFERED[move.status] ?? []) : [];
  const href = (to: string | null) => to && `/admin/migrations/${move.id}?cursor=${to}`;
  const now = move.timing === "now";
  const chosen = maySteer && move.chosen?.takesBack ? move.chosen : null;
  const backHref = (stepId: string) =>
    `/admin/migrations/${move.id}?${new URLSearchParams({ ...(cursor ? { cursor } : {}), back: stepId })}#back`;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <p>
          <Link to={`/admin/plans/${move.planCode}`}>{move.to?.name[locale] ?? move.planCode}</Link>
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-26 font-bold">
            {t("moving.fromTo", { from: move.from?.version ?? 0, to: move.to?.version ?? 0 })}
          </h1>
          <Badge tone={under ? "info" : move.status === "done" ? "ok" : "neutral"}>
            {t(now && move.status === "done" ? "moving.status.doneNow" : `moving.status.${move.status}`)}
          </Badge>
        </div>
      </div>
      {result?.refused && <Banner live tone="warn" title={result.refused} />}
      <DescriptionList
        prose
        rows={[
          { term: t("planning.reason"), value: move.reason },
          { term: t("moving.by"), value: actorWord(move.createdBy, move.who, t) },
          { term: t("moving.begun"), value: <Moment at={move.createdAt} withTime /> },
          { term: t("moving.ordered"), value: move.subscribers },
          {
            term: t("moving.when"),
            value: move.prorationAt ? (
              <>
                {t("moving.atOnce")} <Moment at={move.prorationAt} withTime />
              </>
            ) : (
              t("moving.atPeriodEnd", { days: move.noticeDays })
            ),
          },
        ]}
      />
      {now && (
        <OfficeSection title={t("moving.costs")}>
          <MoveCosts costs={move.costs} />
        </OfficeSection>
      )}
      {maySteer && move.status === "quoted" && (
        <MoveBegin move={move} fault={result?.fault === "count" || result?.fault === "reason" ? result.fault : null} />
      )}
      {chosen && <MoveTakeBack key={chosen.id} step={chosen} missing={result?.fault === "back_reason"} />}
      <OfficeSection title={t("moving.outcomes")}>
        <MoveOutcome counts={move.counts} />
      </OfficeSection>
      {offered.length > 0 && (
        <OfficeSection title={t("moving.acts")}>
          <Form method="post" className="flex flex-col gap-3">
            <p className="max-w-prose text-fg-muted">{t(now ? "moving.actsHintNow" : "moving.actsHint")}</p>
            <div className="flex flex-wrap items-end gap-3">
              <div className="w-72 max-w-full">
                <PlanActReason missing={result?.fault === "reason"} />
              </div>
              {offered.map((act) => (
                <SubmitButton
                  key={act}
                  name="act"
                  value={act}
                  size="compact"
                  variant={act === "resume" || act === "drop" ? "outline" : "danger"}
                >
                  {t(`moving.act.${act}`)}
                </SubmitButton>
              ))}
            </div>
          </Form>
        </OfficeSection>
      )}
      <OfficeSection title={t("moving.each")}>
        <MoveSteps steps={move.items} now={now} backHref={maySteer ? backHref : null} />
        {maySteer && <MoveTakeBackChoice steps={move.items} cursor={cursor} />}
        <KeysetPaging previousHref={href(move.previousCursor)} nextHref={href(move.nextCursor)} />
      </OfficeSection>
    </div>
  );
}

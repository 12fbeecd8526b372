import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { actorWord } from "~/lib/act-words.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { useRefresh } from "~/lib/use-refresh.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Field } from "~/ui/field.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { MoveOutcome, MoveSteps } from "~/ui/move-steps.tsx";
import { OfficeSection } from "~/ui/office-section.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

/** May move what people pay; the server has the same list. */
const FINANCE = ["owner", "finance"] as const;
const ACTS = ["stop", "resume", "undo"] as const;
/** What can be done with a move as it stands. */
const OFFERED: Readonly<Record<string, readonly (typeof ACTS)[number][]>> = {
  running: ["stop"],
  stopped: ["resume", "undo"],
  done: ["undo"],
};

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const cursor = new URL(args.request.url).searchParams.get("cursor") ?? undefined;
    const move = await caller.plans.migrations.get({ id: args.params.id ?? "", cursor });
    return { locale, move, maySteer: FINANCE.some((one) => one === role) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...FINANCE]);
  return answer(args, async ({ caller }) => {
    const id = args.params.id ?? "";
    const form = await readForm(args.request);
    const act = ACTS.find((one) => one === form.text("act"));
    const reason = form.text("reason").trim();
    const answerWith = (problem: "reason" | "moved_on") => data({ problem }, { status: formStatus(args.request, 422) });
    if (!act || reason.length < 3) return answerWith("reason");
    try {
      await caller.plans.migrations.steer({ id, act, reason });
    } catch (error) {
      if (refusalOf(error)?.kind !== "conflict") throw error;
      return answerWith("moved_on");
    }
    return redirect(`/admin/migrations/${id}`);
  });
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
  const { move, maySteer } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const under = move.status === "running" || move.status === "undoing";
  // Everything is ordered before the last of it is booked at the provider.
  useRefresh(under || move.counts.some(({ outcome }) => ON_THE_WAY.includes(outcome)));
  const offered = maySteer ? (OFFERED[move.status] ?? []) : [];
  const href = (cursor: string | null) => cursor && `/admin/migrations/${move.id}?cursor=${cursor}`;
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
            {t(`moving.status.${move.status}`)}
          </Badge>
        </div>
      </div>
      {result?.problem === "moved_on" && <Banner live tone="warn" title={t("moving.movedOn")} />}
      <DescriptionList
        prose
        rows={[
          { term: t("planning.reason"), value: move.reason },
          { term: t("moving.by"), value: actorWord(move.createdBy, move.who, t) },
          { term: t("moving.begun"), value: <Moment at={move.createdAt} withTime /> },
          { term: t("moving.ordered"), value: move.subscribers },
        ]}
      />
      <OfficeSection title={t("moving.outcomes")}>
        <MoveOutcome counts={move.counts} />
      </OfficeSection>
      {offered.length > 0 && (
        <OfficeSection title={t("moving.acts")}>
          <Form method="post" className="flex flex-col gap-3">
            <p className="max-w-prose text-fg-muted">{t("moving.actsHint")}</p>
            <div className="flex flex-wrap items-end gap-3">
              <div className="w-72 max-w-full">
                <Field
                  compact
                  name="reason"
                  label={t("planning.reason")}
                  maxLength={500}
                  error={
                    result?.problem === "reason"
                      ? t("errors.enter", { label: t("planning.reason").toLowerCase() })
                      : undefined
                  }
                />
              </div>
              {offered.map((act) => (
                <SubmitButton
                  key={act}
                  name="act"
                  value={act}
                  size="compact"
                  variant={act === "resume" ? "outline" : "danger"}
                >
                  {t(`moving.act.${act}`)}
                </SubmitButton>
              ))}
            </div>
          </Form>
        </OfficeSection>
      )}
      <OfficeSection title={t("moving.each")}>
        <MoveSteps steps={move.items} />
        <KeysetPaging previousHref={href(move.previousCursor)} nextHref={href(move.nextCursor)} />
      </OfficeSection>
    </div>
  );
}

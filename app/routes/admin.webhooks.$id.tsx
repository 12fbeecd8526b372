import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Dot } from "lucide-react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { effectWords } from "~/lib/office/told-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { BreakAt } from "~/ui/break-at.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { HeaderList, whyNoHeaders } from "~/ui/inbox/header-list.tsx";
import { WebhookActs } from "~/ui/inbox/webhook-acts.tsx";
import { JsonTree } from "~/ui/json-tree.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Happenings } from "~/ui/office/happenings.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { Timeline } from "~/ui/timeline.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    event: await caller.webhooks.events.get({ id: args.params.id ?? "" }),
  }));
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    try {
      if (form.text("act") === "rehearse") {
        const { rehearsal } = await caller.webhooks.events.replay({ id, dryRun: true });
        return data({ rehearsal, done: null, reasonMissing: false });
      }
      if (form.text("act") === "discard") {
        await caller.webhooks.events.discard({ id, reason: form.text("reason") });
        return data({ rehearsal: null, done: "discarded" as const, reasonMissing: false });
      }
      await caller.webhooks.events.replay({ id, reason: form.text("reason") });
      return data({ rehearsal: null, done: "replayed" as const, reasonMissing: false });
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ rehearsal: null, done: null, reasonMissing: true }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.event.type ?? "Webhook", locale: page?.locale ?? "sv" });

export default function WebhookEventPage() {
  const t = useT();
  const locale = useLocale();
  const { event } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const told = event.effect ?? event.lastError;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="min-w-0 text-26 font-bold">
            <BreakAt text={event.type} />
          </h1>
          <StatusBadge of="webhook" state={event.status} />
        </div>
        <p className="max-w-prose text-16">{told === null ? t("webhooks.nothingYet") : effectWords(told, locale)}</p>
      </div>
      <WebhookActs event={event} result={result ?? null} />
      <DescriptionList
        prose
        rows={[
          {
            term: t("webhooks.eventId"),
            value: <CopyText text={event.externalId} what={t("webhooks.eventId")} />,
          },
          {
            term: t("webhooks.object"),
            value: event.objectId ? <CopyText text={event.objectId} what={t("webhooks.object")} /> : t("words.none"),
          },
          { term: t("webhooks.occurred"), value: <Moment at={event.occurredAt} withTime /> },
          { term: t("webhooks.received"), value: <Moment at={event.receivedAt} withTime /> },
          {
            term: t("webhooks.handledAt"),
            value: event.handledAt ? <Moment at={event.handledAt} withTime /> : t("words.none"),
          },
          { term: t("webhooks.source"), value: t(`webhooks.source.${event.source}`) },
          { term: t("webhooks.version"), value: event.apiVersion ?? t("words.none") },
          { term: t("webhooks.attempts"), value: event.attempts },
          ...(event.result ? [{ term: t("webhooks.result"), value: <code>{event.result}</code> }] : []),
        ]}
      />
      {event.tries.length > 0 && (
        <OfficeSection title={t("webhooks.tries")}>
          <Timeline
            items={event.tries.map((one) => ({
              id: String(one.id),
              at: one.startedAt,
              icon: Dot,
              tone: one.outcome === "handled" ? "ok" : one.outcome === "ignored" ? "neutral" : "bad",
              title: t(`webhooks.tried.${one.outcome}`, { ms: one.milliseconds }),
              body: one.error === null ? undefined : effectWords(one.error, locale),
            }))}
          />
        </OfficeSection>
      )}
      {event.history.length > 0 && (
        <OfficeSection title={t("webhooks.history")}>
          <Happenings
            entries={event.history.map((step) => ({
              at: step.at,
              what: "webhook",
              subjectId: String(step.id),
              event: step.toState,
              state: step.toState,
              actor: step.actor,
              who: step.who,
              cause: step.cause,
            }))}
          />
        </OfficeSection>
      )}
      <JsonTree json={event.payload} label={t("webhooks.payload")} />
      <HeaderList headers={event.headers} why={whyNoHeaders(event)} />
    </div>
  );
}

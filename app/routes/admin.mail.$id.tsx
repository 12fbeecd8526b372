import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { letterWord } from "~/lib/office/letter-word.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { CodeBlock } from "~/ui/code-block.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Field } from "~/ui/field.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Happenings } from "~/ui/office/happenings.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const { html: _shownInAFrame, ...email } = await caller.messaging.emails.get({ id: args.params.id ?? "" });
    return { locale, email };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    try {
      await caller.messaging.emails.resend({ id: args.params.id ?? "", reason: form.text("reason") });
      return data({ done: true });
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ done: false }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.email.subject ?? "Mail", locale: page?.locale ?? "sv" });

export default function MailPage() {
  const t = useT();
  const { locale, email } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const error = result?.done === false ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold">{email.subject}</h1>
        <StatusBadge of="mail" state={email.status} />
      </div>
      {result?.done && <Banner live tone="ok" title={t("office.mail.resent")} />}
      <DescriptionList
        prose
        rows={[
          { term: t("office.mail.to"), value: <span className="break-all">{email.to}</span> },
          { term: t("office.mail.template"), value: letterWord(email.template, locale) },
          { term: t("office.mail.cause"), value: email.cause },
          { term: t("office.mail.created"), value: <Moment at={email.createdAt} withTime /> },
          {
            term: t("office.mail.sent"),
            value: email.sentAt ? <Moment at={email.sentAt} withTime /> : t("words.none"),
          },
          { term: t("office.mail.attempts"), value: email.attempts },
          {
            term: t("office.mail.messageId"),
            value: <CopyText text={email.messageId} what={t("office.mail.messageId")} />,
          },
          ...(email.lastError ? [{ term: t("office.mail.error"), value: email.lastError }] : []),
        ]}
      />
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <div className="w-72 max-w-full">
          <Field compact name="reason" label={t("office.reason")} hint={t("office.reasonHint")} error={error} />
        </div>
        <SubmitButton size="compact">{t("office.mail.resend")}</SubmitButton>
      </Form>
      {email.linkPurpose && <Banner tone="info" title={t("office.mail.secret")} />}
      <OfficeSection title={t("office.mail.asSent")}>
        <iframe
          title={email.subject}
          src={`/admin/mail/${email.id}/body`}
          sandbox=""
          className="h-160 w-full max-w-[40rem] rounded-card border border-line bg-white"
        />
      </OfficeSection>
      <CodeBlock code={email.text} label={t("office.mail.asText")} />
      {email.history.length > 0 && (
        <OfficeSection title={t("webhooks.history")}>
          <Happenings
            entries={email.history.map((step) => ({
              at: step.at,
              what: "mail",
              subjectId: email.id,
              event: step.event,
              state: step.toState,
              actor: step.actor,
              who: step.who,
              cause: step.cause,
            }))}
          />
        </OfficeSection>
      )}
    </div>
  );
}

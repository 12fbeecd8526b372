import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { mailList } from "~/lib/lists/mail.ts";
import { letterWord } from "~/lib/office/letter-word.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { Field } from "~/ui/field.tsx";
import { BulkConfirm } from "~/ui/lists/bulk-confirm.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { BulkBar } from "~/ui/lists/row-selection.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

const MAIL_FORM = "many-mails";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, mailList);
    const page = await caller.messaging.emails.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, emails: page.items, list: await asked.view(page), formKey: crypto.randomUUID() };
  });
}

/** Many mails again: the first press only counts, the second does it, once for each form. */
export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const dryRun = form.text("act") !== "resend";
    const asked = { ids: form.all("id").slice(0, 200), reason: form.text("reason") };
    const formKey = form.text("formKey");
    if (asked.ids.length === 0) return data({ ...asked, formKey, problem: "none" as const, many: null, dryRun });
    try {
      const many = await caller.messaging.emails.resendMany({ ...asked, formKey, dryRun });
      return data({ ...asked, formKey, problem: null, many, dryRun });
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      const refused = { ...asked, formKey, problem: "reason" as const, many: null, dryRun };
      return data(refused, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.mail.title"), locale });
};

export default function MailLog() {
  const t = useT();
  const { locale, emails, list, formKey } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const columns: Column<(typeof emails)[number]>[] = [
    {
      key: "subject",
      header: t("office.mail.subject"),
      phone: "title",
      cell: (email) => <span lang={email.locale}>{email.subject}</span>,
    },
    {
      key: "to",
      header: t("office.mail.to"),
      phone: "status",
      cell: (email) => <span className="break-all">{email.to}</span>,
    },
    {
      key: "template",
      header: t("office.mail.template"),
      cell: (email) => letterWord(email.template, locale),
    },
    {
      key: "status",
      header: t("office.mail.status"),
      phone: "aside",
      cell: (email) => <StatusBadge of="mail" state={email.status} />,
    },
    {
      key: "created",
      header: t("office.mail.created"),
      phone: "meta",
      cell: (email) => <Moment at={email.createdAt} withTime />,
    },
  ];
  return (
    <ListPage
      definition={mailList}
      list={list}
      columns={columns}
      rows={emails}
      rowKey={(email) => email.id}
      rowHref={(email) => `/admin/mail/${email.id}`}
      selection={{ form: MAIL_FORM, name: (email) => email.subject }}
      bulk={emails.length > 0 && <ResendBar formKey={formKey} reasonMissing={result?.problem === "reason"} />}
    >
      <Outcome result={result} />
    </ListPage>
  );
}

function ResendBar({ formKey, reasonMissing }: { formKey: string; reasonMissing: boolean }) {
  const t = useT();
  return (
    <Form id={MAIL_FORM} method="post">
      <input type="hidden" name="formKey" value={formKey} />
      <BulkBar form={MAIL_FORM}>
        <div className="w-72 max-w-full">
          <Field
            compact
            id="many-reason"
            name="reason"
            label={t("office.reason")}
            error={reasonMissing ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined}
          />
        </div>
        <SubmitButton size="compact" variant="outline" name="act" value="try">
          {t("office.mail.tryMany")}
        </SubmitButton>
      </BulkBar>
    </Form>
  );
}

function Outcome({ result }: { result: ReturnType<typeof useActionData<typeof action>> }) {
  const t = useT();
  if (result?.problem === "none") return <Banner live tone="warn" title={t("lists.selectHint")} />;
  if (!result?.many) return null;
  const { sent, skipped } = result.many;
  if (!result.dryRun) return <Banner live tone="ok" title={t("office.mail.manySent", { sent, skipped })} />;
  return (
    <BulkConfirm
      title={t("office.mail.manyWould", { sent, skipped })}
      label={t("office.mail.resendMany", { count: sent })}
      act="resend"
      ids={result.ids}
      hidden={{ reason: result.reason, formKey: result.formKey }}
      nothing={sent === 0}
    />
  );
}

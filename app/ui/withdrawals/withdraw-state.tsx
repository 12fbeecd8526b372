import { Form, useActionData } from "@remix-run/react";
import type { ReactNode } from "react";
import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { StatementReceipt as Receipt, Stated } from "~/lib/orders/withdraw-types.ts";
import { useRootData } from "~/lib/page/root-data.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "../banner.tsx";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";
import { FormPage } from "../form-page.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** Step one for whoever has neither a link nor an account: who they are and which order it is. `children` stand before the form. */
export function StateWithdrawal({ typed, children }: { typed: Stated | null; children?: ReactNode }) {
  const t = useT();
  const { form, fields, summary } = useServerForm<keyof Stated>("withdraw", useActionData());
  const of = (name: keyof Stated) => ({
    id: fields[name].id,
    name,
    defaultValue: fields[name].initialValue ?? typed?.[name],
    error: fields[name].errors,
  });
  return (
    <FormPage title={t("withdraw.title")} lead={t("withdraw.lead")} summary={summary}>
      {children}
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <input type="hidden" name="intent" value="check" />
        <Field {...of("name")} label={t("withdraw.name")} autoComplete="name" required />
        <Field
          {...of("email")}
          type="email"
          label={t("withdraw.email")}
          hint={t("withdraw.emailHint")}
          autoComplete="email"
          required
        />
        <Field
          {...of("number")}
          label={t("withdraw.number")}
          hint={t("withdraw.numberHint")}
          autoCapitalize="characters"
          autoComplete="off"
          required
        />
        <SubmitButton variant="primary" size="large" full pendingLabel={t("words.sending")}>
          {t("withdraw.continue")}
        </SubmitButton>
      </Form>
    </FormPage>
  );
}

/** Step two: what was written, what follows, and the one button that says it. Nothing of any order: the page does not tell whether there is one. */
export function CheckStatement({ stated, formKey }: { stated: Stated; formKey: string }) {
  const t = useT();
  const { name, email, number } = stated;
  return (
    <FormPage title={t("withdraw.check")}>
      <DescriptionList
        prose
        rows={[
          { term: t("withdraw.number"), value: number },
          { term: t("withdraw.name"), value: <span className="wrap-anywhere">{name}</span> },
          { term: t("withdraw.email"), value: <span className="break-all">{email}</span> },
        ]}
      />
      <div className="flex max-w-prose flex-col gap-2">
        <p>{t("withdraw.whole")}</p>
        <p>{t("withdraw.back14")}</p>
        <p className="wrap-anywhere">{t("withdraw.mailed", { email })}</p>
      </div>
      <Form method="post" className="flex flex-col gap-4">
        <input type="hidden" name="formKey" value={formKey} />
        <input type="hidden" name="name" value={name} />
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="number" value={number} />
        <SubmitButton
          name="intent"
          value="state"
          variant="primary"
          size="large"
          full
          pendingLabel={t("withdraw.confirming")}
        >
          {t("withdraw.confirm")}
        </SubmitButton>
        <SubmitButton name="intent" value="edit" full>
          {t("withdraw.edit")}
        </SubmitButton>
      </Form>
    </FormPage>
  );
}

/** What was said and when; the same for everybody. */
export function StatementReceipt({ receipt }: { receipt: Receipt }) {
  const t = useT();
  const locale = useLocale();
  const company = useRootData()?.company.email ?? "";
  const { number, email, receivedAt } = receipt;
  return (
    <FormPage title={t("withdraw.title")}>
      <Banner live tone="ok" title={t("withdraw.received")}>
        <p>
          {t("withdraw.statedText", {
            number,
            date: formatDate(receivedAt, locale, "prose"),
            time: formatTime(receivedAt, locale),
          })}
        </p>
      </Banner>
      <p className="wrap-anywhere">{t("withdraw.statedNext", { email })}</p>
      <p className="text-fg-muted">{t("withdraw.statedMissing", { email: company })}</p>
    </FormPage>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Field } from "~/ui/field.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { CheckMail } from "~/ui/identity/check-mail.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { emailInput } from "../../server/identity/input.ts";

export function loader({ context }: LoaderFunctionArgs) {
  return { locale: context.locale };
}

export function action(args: ActionFunctionArgs) {
  const labels = { email: translate(args.context.locale)("identity.email") };
  return answerForm(args, { schema: emailInput, labels }, async (value, { caller }) => {
    await caller.identity.requestPasswordReset(value);
    return { sentTo: value.email };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("identity.forgot.title"), locale });
};

export default function Forgot() {
  const t = useT();
  const answer = useActionData<typeof action>();
  const { form, fields, summary } = useServerForm<"email">("forgot", answer);
  if (answer && "sentTo" in answer) {
    return (
      <CheckMail
        email={answer.sentTo}
        again={{ action: "/forgot", done: t("identity.checkMail.again") }}
        back={{ to: "/login", label: t("identity.login.submit") }}
      />
    );
  }
  return (
    <FormPage title={t("identity.forgot.title")} lead={t("identity.forgot.lead")} summary={summary}>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <Field
          id={fields.email.id}
          name="email"
          type="email"
          autoComplete="username"
          label={t("identity.email")}
          defaultValue={fields.email.initialValue}
          error={fields.email.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full pendingLabel={t("words.sending")}>
          {t("identity.forgot.submit")}
        </SubmitButton>
      </Form>
      <p>
        <Link to="/login">{t("identity.login.submit")}</Link>
      </p>
    </FormPage>
  );
}

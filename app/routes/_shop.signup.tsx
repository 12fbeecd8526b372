import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useActionData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { whoLooks } from "~/lib/guard.ts";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageIn } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Field } from "~/ui/field.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { CheckMail } from "~/ui/identity/check-mail.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { signUpInput } from "../../server/identity/input.ts";

export function loader(args: LoaderFunctionArgs) {
  const { context } = args;
  if (whoLooks(args).kind !== "anonymous") throw redirect("/account");
  return { locale: context.locale };
}

export function action(args: ActionFunctionArgs) {
  const t = translate(args.context.locale);
  const labels = { email: t("identity.email"), password: t("identity.password"), name: t("identity.name") };
  return answerForm(args, { schema: signUpInput, labels }, async (value, { caller, locale }) => {
    await caller.identity.signUp({ ...value, locale });
    return { sentTo: value.email };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("identity.signup.title"), locale });
};

export default function SignUp() {
  const t = useT();
  const locale = useLocale();
  const answer = useActionData<typeof action>();
  const { form, fields, summary } = useServerForm<"name" | "email" | "password">("signup", answer);
  if (answer && "sentTo" in answer) {
    return (
      <CheckMail
        email={answer.sentTo}
        again={{ action: "/verify/resend", done: t("identity.checkMail.resent") }}
        back={{ to: "/login", label: t("identity.login.submit") }}
      />
    );
  }
  return (
    <FormPage title={t("identity.signup.title")} lead={t("identity.signup.lead")} summary={summary}>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <Field
          id={fields.name.id}
          name="name"
          autoComplete="name"
          label={t("identity.name")}
          defaultValue={fields.name.initialValue}
          error={fields.name.errors}
          optional
        />
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
        <PasswordField
          id={fields.password.id}
          name="password"
          autoComplete="new-password"
          label={t("identity.password")}
          hint={t("identity.passwordHint")}
          error={fields.password.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full pendingLabel={t("identity.signup.pending")}>
          {t("identity.signup.submit")}
        </SubmitButton>
      </Form>
      <p className="text-14 text-fg-muted">
        <Rich
          message="identity.signup.terms"
          values={{
            terms: <Link to={pageIn("/terms", locale)}>{t("shop.footer.terms")}</Link>,
            privacy: <Link to={pageIn("/privacy", locale)}>{t("shop.footer.privacy")}</Link>,
          }}
        />
      </p>
      <p>
        <Rich
          message="identity.signup.hasAccount"
          values={{ link: <Link to="/login">{t("identity.login.submit")}</Link> }}
        />
      </p>
    </FormPage>
  );
}

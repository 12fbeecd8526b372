import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { FormPage } from "~/ui/form-page.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { resetPasswordInput } from "../../server/identity/input.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return { locale: context.locale, token: new URL(request.url).searchParams.get("token") ?? "" };
}

export function action(args: ActionFunctionArgs) {
  const labels = { password: translate(args.context.locale)("identity.newPassword") };
  return answerForm(args, { schema: resetPasswordInput, labels }, async (value, { caller }) => {
    await caller.identity.resetPassword(value);
    return redirect("/login?reset");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("identity.reset.title"), locale }),
    // The link is a secret: no other site may learn it. (Without any referrer a browser would not say where a form came from.)
    { name: "referrer", content: "same-origin" },
  ];
};

export default function Reset() {
  const t = useT();
  const { token } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"password">("reset", useActionData<typeof action>());
  return (
    <FormPage title={t("identity.reset.title")} lead={t("identity.reset.lead")} summary={summary}>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <input type="hidden" name="token" value={token} />
        <PasswordField
          id={fields.password.id}
          name="password"
          autoComplete="new-password"
          label={t("identity.newPassword")}
          hint={t("identity.passwordHint")}
          error={fields.password.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full>
          {t("identity.reset.submit")}
        </SubmitButton>
      </Form>
      <p>
        <Link to="/forgot">{t("identity.link.new")}</Link>
      </p>
    </FormPage>
  );
}

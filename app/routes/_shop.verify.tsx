import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { verifyEmailInput } from "../../server/identity/input.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return { locale: context.locale, token: new URL(request.url).searchParams.get("token") ?? "" };
}

export function action(args: ActionFunctionArgs) {
  const labels = { password: translate(args.context.locale)("identity.password") };
  return answerForm(args, { schema: verifyEmailInput, labels }, async (value, { caller }) => {
    const { redirect: target } = await caller.identity.verifyEmail(value);
    return redirect(target);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("identity.verify.title"), locale }),
    // The link is a secret: no other site may learn it. (Without any referrer a browser would not say where a form came from.)
    { name: "referrer", content: "same-origin" },
  ];
};

export default function Verify() {
  const t = useT();
  const { token } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"password">("verify", useActionData<typeof action>());
  if (token === "") {
    return (
      <FormPage title={t("identity.verify.title")}>
        <Banner
          tone="warn"
          title={t("identity.link.missing")}
          actions={<LinkButton to="/login">{t("identity.login.submit")}</LinkButton>}
        />
      </FormPage>
    );
  }
  return (
    <FormPage title={t("identity.verify.title")} lead={t("identity.verify.lead")} summary={summary}>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <input type="hidden" name="token" value={token} />
        <PasswordField
          id={fields.password.id}
          name="password"
          autoComplete="current-password"
          label={t("identity.password")}
          error={fields.password.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full pendingLabel={t("identity.login.pending")}>
          {t("identity.verify.submit")}
        </SubmitButton>
      </Form>
    </FormPage>
  );
}

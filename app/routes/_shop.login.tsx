import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { whoLooks } from "~/lib/guard.ts";
import { Rich, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { localPath } from "~/lib/page/local-path.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { Field } from "~/ui/field.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { PasskeyButton } from "~/ui/identity/passkey-button.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { passkeySignInInput, signInInput } from "../../server/identity/input.ts";

const DEMO = { member: "member@kraftverk.test", owner: "owner@kraftverk.test", password: "kraftverk-demo" };

export function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const { searchParams } = new URL(request.url);
  const next = localPath(searchParams.get("next"));
  if (whoLooks(args).kind !== "anonymous") throw redirect(next ?? "/account");
  return {
    locale: context.locale,
    next,
    wasReset: searchParams.has("reset"),
    wasUndone: searchParams.has("undone"),
    demo: context.profile === "sandbox" ? DEMO : null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const sent = await args.request.clone().formData();
  if (sent.has("response")) {
    return answerForm(args, { schema: passkeySignInInput, labels: {} }, async (value, { caller }) => {
      const signedIn = await caller.identity.signInWithPasskey({ ...value, response: JSON.stringify(value.response) });
      return redirect(signedIn.redirect);
    });
  }
  const t = translate(args.context.locale);
  const form = { schema: signInInput, labels: { email: t("identity.email"), password: t("identity.password") } };
  return answerForm(args, form, async (value, { caller }) => {
    const { redirect: target } = await caller.identity.signIn(value);
    return redirect(target);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("identity.login.title"), locale });
};

export default function Login() {
  const t = useT();
  const { next, wasReset, wasUndone, demo } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"email" | "password">("login", useActionData<typeof action>());
  return (
    <FormPage
      title={t("identity.login.title")}
      lead={next && !wasReset ? t("identity.login.first") : undefined}
      summary={summary}
    >
      {wasUndone && <Banner live tone="ok" title={t("security.undone")} />}
      {wasReset && <Banner live tone="ok" title={t("identity.login.reset")} />}
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        {next && <input type="hidden" name="redirectTo" value={next} />}
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
          autoComplete="current-password"
          label={t("identity.password")}
          error={fields.password.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full pendingLabel={t("identity.login.pending")}>
          {t("identity.login.submit")}
        </SubmitButton>
      </Form>
      <PasskeyButton label={t("security.passkey.signIn")} fields={next ? { redirectTo: next } : {}} />
      <div className="flex flex-col gap-2">
        <p>
          <Link to="/forgot">{t("identity.login.forgot")}</Link>
        </p>
        <p>
          <Rich
            message="identity.login.noAccount"
            values={{ link: <Link to="/signup">{t("identity.login.create")}</Link> }}
          />
        </p>
      </div>
      {demo && (
        <Banner tone="info" title={t("identity.login.demo")}>
          {t("identity.login.demoText", demo)}
        </Banner>
      )}
    </FormPage>
  );
}

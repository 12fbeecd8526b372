import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Field } from "~/ui/field.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { PasskeyButton } from "~/ui/identity/passkey-button.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { codeInput, passkeySignInInput } from "../../server/identity/input.ts";

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const step = await caller.identity.secondStep();
    if (!step) throw redirect("/login");
    return { locale, redirectTo: step.redirect };
  });
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  if (form.has("response")) {
    return answerForm(args, { schema: passkeySignInInput, labels: {} }, async (value, { caller }) => {
      const signedIn = await caller.identity.signInWithPasskey({
        ...value,
        response: JSON.stringify(value.response),
      });
      return redirect(signedIn.redirect);
    });
  }
  const labels = { code: translate(args.context.locale)("security.code") };
  return answerForm(args, { schema: codeInput, labels }, async (value, { caller }) => {
    const signedIn = await caller.identity.completeSignIn(value);
    return redirect(signedIn.redirect);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.second.title"), locale });
};

export default function SecondStep() {
  const t = useT();
  const { redirectTo } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"code">("second", useActionData<typeof action>());
  return (
    <FormPage title={t("security.second.title")} lead={t("security.second.lead")} summary={summary}>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <Field
          id={fields.code.id}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          label={t("security.code")}
          hint={t("security.codeHint")}
          error={fields.code.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full pendingLabel={t("identity.login.pending")}>
          {t("security.second.submit")}
        </SubmitButton>
      </Form>
      <PasskeyButton label={t("security.passkey.use")} fields={{ redirectTo }} />
      <p>
        <Link to="/login">{t("security.second.again")}</Link>
      </p>
    </FormPage>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { newPasswordInput } from "../../server/identity/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    // Asks who one is before anything is typed, not after.
    await caller.identity.factors.totp.prepared();
    return { locale };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  const labels = { password: translate(args.context.locale)("identity.newPassword") };
  return answerForm(args, { schema: newPasswordInput, labels }, async (value, { caller }) => {
    await caller.identity.changePassword(value);
    return redirect("/account/security?done=password");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.password.title"), locale });
};

export default function ChangePassword() {
  const t = useT();
  const answered = useActionData<typeof action>();
  const { form, fields, summary } = useServerForm<"password">("password", answered);
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ErrorSummary {...summary} />
      <h1 className="text-26">{t("security.password.title")}</h1>
      <p>{t("security.password.lead")}</p>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
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
    </div>
  );
}

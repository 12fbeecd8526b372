import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { CheckMail } from "~/ui/identity/check-mail.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { WholeWords } from "~/ui/whole-words.tsx";
import { emailInput } from "../../server/identity/input.ts";

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
  const labels = { email: translate(args.context.locale)("identity.email") };
  return answerForm(args, { schema: emailInput, labels }, async (value, { caller }) => {
    await caller.identity.requestEmailChange(value);
    return { sentTo: value.email };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.email.title"), locale });
};

export default function ChangeEmail() {
  const t = useT();
  const answered = useActionData<typeof action>();
  const { form, fields, summary } = useServerForm<"email">("email", answered);
  if (answered && "sentTo" in answered) {
    return (
      <CheckMail
        email={answered.sentTo}
        again={{ action: "/account/security/email", done: t("identity.checkMail.again") }}
        back={{ to: "/account/security", label: t("account.security.title") }}
      />
    );
  }
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ErrorSummary {...summary} />
      <h1 className="text-26">
        <WholeWords>{t("security.email.title")}</WholeWords>
      </h1>
      <p>{t("security.email.lead")}</p>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <Field
          id={fields.email.id}
          name="email"
          type="email"
          autoComplete="email"
          label={t("security.email.new")}
          defaultValue={fields.email.initialValue}
          error={fields.email.errors}
          required
        />
        <SubmitButton variant="primary" size="large" full>
          {t("security.email.submit")}
        </SubmitButton>
      </Form>
    </div>
  );
}

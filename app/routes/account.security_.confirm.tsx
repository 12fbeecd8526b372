import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { localPath } from "~/lib/page/local-path.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { PasskeyButton } from "~/ui/identity/passkey-button.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { proofInput } from "../../server/identity/input.ts";

const HERE = "/account/security/confirm";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const factors = await caller.identity.factors.list();
    return {
      locale,
      next: localPath(searchParams.get("next")) ?? "/account/security",
      by: searchParams.get("by") === "code" && factors.totpSince ? ("code" as const) : ("password" as const),
      hasCode: factors.totpSince !== null,
      hasPasskey: factors.passkeys.length > 0,
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  const t = translate(args.context.locale);
  const labels = { password: t("identity.password"), code: t("security.code") };
  return answerForm(args, { schema: proofInput, labels }, async (value, { caller }) => {
    await caller.identity.factors.confirm(
      value.by === "passkey" ? { by: "passkey", response: JSON.stringify(value.response) } : value,
    );
    const next = localPath(new URL(args.request.url).searchParams.get("next")) ?? "/account/security";
    return redirect(next.startsWith(HERE) ? "/account/security" : next);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.confirm.title"), locale });
};

export default function Confirm() {
  const t = useT();
  const { by, hasCode, hasPasskey, next } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"password" | "code">("confirm", useActionData<typeof action>());
  const other = `${HERE}?${new URLSearchParams(by === "code" ? { next } : { next, by: "code" })}`;
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ErrorSummary {...summary} />
      <h1 className="text-26">{t("security.confirm.title")}</h1>
      <p>{t("security.confirm.lead")}</p>
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
        <input type="hidden" name="by" value={by} />
        {by === "password" ? (
          <PasswordField
            id={fields.password.id}
            name="password"
            autoComplete="current-password"
            label={t("identity.password")}
            error={fields.password.errors}
            required
          />
        ) : (
          <Field
            id={fields.code.id}
            name="code"
            autoComplete="one-time-code"
            label={t("security.code")}
            hint={t("security.codeHint")}
            error={fields.code.errors}
            required
          />
        )}
        <SubmitButton variant="primary" size="large" full>
          {t("security.confirm.submit")}
        </SubmitButton>
      </Form>
      {hasPasskey && <PasskeyButton label={t("security.passkey.use")} fields={{ by: "passkey" }} />}
      {hasCode && (
        <p>
          <Link to={other}>{t(by === "code" ? "security.confirm.withPassword" : "security.confirm.withCode")}</Link>
        </p>
      )}
    </div>
  );
}

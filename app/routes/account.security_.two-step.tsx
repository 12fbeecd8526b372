import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { qrPath } from "~/lib/identity/qr-path.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { RecoveryCodes } from "~/ui/identity/recovery-codes.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { codeInput } from "../../server/identity/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const prepared = await caller.identity.factors.totp.prepared();
    return { locale, app: prepared && { letters: prepared.letters, qr: qrPath(prepared.uri) } };
  });
}

export async function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  const form = await args.request.clone().formData();
  if (form.get("intent") === "begin") {
    return answer(args, async ({ caller }) => {
      await caller.identity.factors.totp.begin();
      return redirect("/account/security/two-step");
    });
  }
  const labels = { code: translate(args.context.locale)("security.totp.enter") };
  return answerForm(args, { schema: codeInput, labels }, async (value, { caller }) => {
    const { recoveryCodes } = await caller.identity.factors.totp.confirm(value);
    return recoveryCodes ? { recoveryCodes } : redirect("/account/security?done=totp");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.totp.setup"), locale });
};

export default function TwoStep() {
  const t = useT();
  const { app } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { form, fields, summary } = useServerForm<"code">("two-step", answered);
  if (answered && "recoveryCodes" in answered) {
    return (
      <div className="flex flex-col gap-6">
        <h1 className="text-26">{t("security.done.totp")}</h1>
        <RecoveryCodes codes={answered.recoveryCodes} />
      </div>
    );
  }
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ErrorSummary {...summary} />
      <h1 className="text-26">{t("security.totp.setup")}</h1>
      {!app ? (
        <Form method="post" className="flex flex-col items-start gap-5">
          <p>{t("security.totp.beginText")}</p>
          <SubmitButton variant="primary" name="intent" value="begin">
            {t("security.totp.begin")}
          </SubmitButton>
        </Form>
      ) : (
        <>
          <p>{t("security.totp.scan")}</p>
          {/* Scanners want dark on light, whatever the theme. */}
          <svg
            role="img"
            aria-label={t("security.totp.qr")}
            viewBox={`0 0 ${app.qr.size} ${app.qr.size}`}
            shapeRendering="crispEdges"
            className="w-56 max-w-full rounded-card border border-line"
          >
            <rect width="100%" height="100%" fill="#fff" />
            <path d={app.qr.d} fill="#000" />
          </svg>
          <div className="flex flex-col gap-1">
            <span className="text-14 text-fg-muted">{t("security.totp.letters")}</span>
            <CopyText text={app.letters} what={t("security.totp.letters")} />
          </div>
          <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
            <Field
              id={fields.code.id}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              label={t("security.totp.enter")}
              hint={t("security.totp.enterHint")}
              error={fields.code.errors}
              required
            />
            <SubmitButton variant="primary" size="large" full>
              {t("security.totp.submit")}
            </SubmitButton>
          </Form>
        </>
      )}
    </div>
  );
}

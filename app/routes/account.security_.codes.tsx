import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { RecoveryCodes } from "~/ui/identity/recovery-codes.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const { recoveryCodesLeft, totpSince, passkeys } = await caller.identity.factors.list();
    // Codes stand in for a second step: without one there is nothing that they would open.
    if (totpSince === null && passkeys.length === 0) throw redirect("/account/security");
    return { locale, left: recoveryCodesLeft };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, ({ caller }) => caller.identity.factors.renewRecoveryCodes());
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.codes.title"), locale });
};

export default function Codes() {
  const t = useT();
  const { left } = useLoaderData<typeof loader>();
  const renewed = useActionData<typeof action>();
  return (
    <div className="flex max-w-form flex-col gap-6">
      <h1 className="text-26">{t("security.codes.renew")}</h1>
      {renewed ? (
        <RecoveryCodes codes={renewed.recoveryCodes} />
      ) : (
        <Form method="post" className="flex flex-col items-start gap-5">
          <p>
            {t("security.codes.left", { count: left })} {t("security.codes.renewText")}
          </p>
          <SubmitButton variant="primary">{t("security.codes.renew")}</SubmitButton>
        </Form>
      )}
    </div>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { FormPage } from "~/ui/form-page.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { linkInput } from "../../server/identity/input.ts";

/**
 * Opening the link changes nothing: programs that read mail open links too. And only the account that asked can follow it,
 * so whoever is signed out signs in on the way.
 */
export function loader(args: LoaderFunctionArgs) {
  const { email } = requireSignedIn(args);
  const { context, request } = args;
  return { locale: context.locale, email, token: new URL(request.url).searchParams.get("token") ?? "" };
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answerForm(args, { schema: linkInput, labels: {} }, async (value, { caller }) => {
    await caller.identity.confirmEmailChange(value);
    return redirect("/account/security?done=email");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("security.confirmAddress.title"), locale }),
    // The link is a secret: no other site may learn it.
    { name: "referrer", content: "same-origin" },
  ];
};

export default function ConfirmAddress() {
  const t = useT();
  const { token, email } = useLoaderData<typeof loader>();
  const { form, summary } = useServerForm<"token">("confirm-address", useActionData<typeof action>());
  return (
    <FormPage title={t("security.confirmAddress.title")} lead={t("security.confirmAddress.lead")} summary={summary}>
      <p className="break-words">{t("security.confirmAddress.account", { email })}</p>
      <Form method="post" id={form.id} noValidate>
        <input type="hidden" name="token" value={token} />
        <SubmitButton variant="primary" size="large" full>
          {t("security.confirmAddress.submit")}
        </SubmitButton>
      </Form>
      <Form method="post" action="/logout">
        <SubmitButton action="/logout" size="large" full>
          {t("security.confirmAddress.signOut")}
        </SubmitButton>
      </Form>
    </FormPage>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { FormPage } from "~/ui/form-page.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { linkInput } from "../../server/identity/input.ts";

/** Opening the link changes nothing: programs that read mail open links too. */
export function loader({ context, request }: LoaderFunctionArgs) {
  return { locale: context.locale, token: new URL(request.url).searchParams.get("token") ?? "" };
}

export function action(args: ActionFunctionArgs) {
  return answerForm(args, { schema: linkInput, labels: {} }, async (value, { caller }) => {
    await caller.identity.undoEmailChange(value);
    return redirect("/login?undone");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("security.undoAddress.title"), locale }),
    // The link is a secret: no other site may learn it.
    { name: "referrer", content: "same-origin" },
  ];
};

export default function UndoAddress() {
  const t = useT();
  const { token } = useLoaderData<typeof loader>();
  const { form, summary } = useServerForm<"token">("undo-address", useActionData<typeof action>());
  return (
    <FormPage title={t("security.undoAddress.title")} lead={t("security.undoAddress.lead")} summary={summary}>
      <Form method="post" id={form.id} noValidate>
        <input type="hidden" name="token" value={token} />
        <SubmitButton variant="primary" size="large" full>
          {t("security.undoAddress.submit")}
        </SubmitButton>
      </Form>
    </FormPage>
  );
}

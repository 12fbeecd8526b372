import type { ActionFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import type { RootData } from "~/lib/page/root-data.ts";
import { Banner } from "~/ui/banner.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { CheckMail } from "~/ui/identity/check-mail.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { emailInput } from "../../server/identity/input.ts";

/**
 * Sends the confirming mail once more. The answer is the same for every address. There is no loader: it would run after the
 * action and lead away from what is said here.
 */
export function action(args: ActionFunctionArgs) {
  const labels = { email: translate(args.context.locale)("identity.email") };
  return answerForm(args, { schema: emailInput, labels }, async (value, { caller }) => {
    await caller.identity.resendVerification(value);
    return { sentTo: value.email };
  });
}

export const meta: MetaFunction = ({ matches }) => {
  const root = matches[0]?.data as RootData | undefined;
  const locale = root?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("identity.checkMail.title"), locale });
};

/** What somebody without scripts sees who has asked for the mail again. */
export default function Resent() {
  const t = useT();
  const answered = useActionData<typeof action>();
  const back = { to: "/login", label: t("identity.login.submit") };
  if (!answered || !("sentTo" in answered)) {
    return (
      <FormPage title={t("identity.checkMail.title")}>
        <Banner
          tone="warn"
          title={t("identity.link.missing")}
          actions={<LinkButton to={back.to}>{back.label}</LinkButton>}
        />
      </FormPage>
    );
  }
  return (
    <CheckMail
      email={answered.sentTo}
      again={{ action: "/verify/resend", done: t("identity.checkMail.resent") }}
      back={back}
    />
  );
}

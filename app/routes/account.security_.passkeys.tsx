import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { type FormEvent, useState } from "react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { usePasskey } from "~/lib/identity/use-passkey.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { Button } from "~/ui/button.tsx";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { RecoveryCodes } from "~/ui/identity/recovery-codes.tsx";
import { addPasskeyInput } from "../../server/identity/input.ts";

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
  const labels = { name: translate(args.context.locale)("security.passkeys.name") };
  return answerForm(args, { schema: addPasskeyInput, labels }, async (value, { caller }) => {
    const { recoveryCodes } = await caller.identity.factors.passkeys.add({
      ...value,
      response: JSON.stringify(value.response),
    });
    return recoveryCodes ? { recoveryCodes } : redirect("/account/security?done=passkey");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.passkeys.add"), locale });
};

export default function AddPasskey() {
  const t = useT();
  const answered = useActionData<typeof action>();
  const { fields, summary } = useServerForm<"name" | "response">("passkey", answered);
  const passkey = usePasskey("register");
  const [name, setName] = useState("");
  if (answered && "recoveryCodes" in answered) {
    return (
      <div className="flex flex-col gap-6">
        <h1 className="text-26">{t("security.done.passkey")}</h1>
        <RecoveryCodes codes={answered.recoveryCodes} />
      </div>
    );
  }
  const create = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && !passkey.waiting) void passkey.ask({ name });
  };
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ErrorSummary {...summary} />
      <h1 className="text-26">{t("security.passkeys.add")}</h1>
      <p>{t("security.passkeys.text")}</p>
      {passkey.usable ? (
        <form onSubmit={create} className="flex flex-col gap-5">
          <Field
            id={fields.name.id}
            name="name"
            label={t("security.passkeys.name")}
            hint={t("security.passkeys.nameHint")}
            error={fields.name.errors}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
          />
          <Button
            type="submit"
            variant="primary"
            size="large"
            full
            pending={passkey.waiting}
            pendingLabel={t("security.passkey.pending")}
          >
            {t("security.passkeys.create")}
          </Button>
          {passkey.stopped && <Banner live tone="warn" title={t("security.passkey.stopped")} />}
        </form>
      ) : (
        <Banner tone="info" title={t("security.passkeys.script")} />
      )}
    </div>
  );
}

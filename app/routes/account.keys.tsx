import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { KeyList } from "~/ui/identity/key-list.tsx";
import { type KeyField, NewKeyForm } from "~/ui/identity/new-key-form.tsx";
import { keyIdInput, makeKeyInput } from "../../server/api-keys/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    keys: await caller.apiKeys.mine(),
    revoked: new URL(args.request.url).searchParams.has("revoked"),
  }));
}

export async function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  const form = await args.request.clone().formData();
  if (form.get("intent") === "revoke") {
    return answer(args, async ({ caller }) => {
      await caller.apiKeys.revoke(keyIdInput.parse({ id: form.get("id") }));
      return redirect("/account/keys?revoked");
    });
  }
  const t = translate(args.context.locale);
  const labels = {
    name: t("balance.keys.name"),
    scopes: t("balance.keys.scopes"),
    days: t("balance.keys.days"),
    budgetCredits: t("balance.keys.budget"),
    rateLimit: t("balance.keys.rate"),
  };
  return answerForm(args, { schema: makeKeyInput, labels }, async (value, { caller }) => {
    const { id, secret } = await caller.apiKeys.make(value);
    return { made: { id, secret } };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("balance.keys.title"), locale });
};

/** Keys for programs: those there are, and a new one, shown this once. */
export default function Keys() {
  const t = useT();
  const { keys, revoked } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { fields, summary } = useServerForm<KeyField>("key", answered);
  const made = answered && "made" in answered ? answered.made : null;
  return (
    <div className="flex flex-col gap-8">
      <ErrorSummary {...summary} />
      {made && (
        <Banner live tone="ok" title={t("balance.keys.made")}>
          <p className="mb-2">{t("balance.keys.madeText")}</p>
          <CopyText text={made.secret} what={t("balance.keys.key")} />
        </Banner>
      )}
      {revoked && !answered && <Banner live tone="ok" title={t("balance.keys.revoked")} />}
      <div className="flex flex-col gap-2">
        <h1 className="text-26">{t("balance.keys.title")}</h1>
        <p className="max-w-prose">{t("balance.keys.lead")}</p>
      </div>
      {keys.length === 0 ? <p className="text-fg-muted">{t("balance.keys.none")}</p> : <KeyList keys={keys} />}
      <section aria-labelledby="new-key" className="flex flex-col gap-4">
        <h2 id="new-key" className="text-21">
          {t("balance.keys.new")}
        </h2>
        <NewKeyForm key={made?.id ?? ""} fields={fields} />
      </section>
    </div>
  );
}

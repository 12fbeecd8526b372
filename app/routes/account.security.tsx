import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { browserName } from "~/lib/identity/browser-name.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { SecondFactorList } from "~/ui/identity/second-factor-list.tsx";
import { SessionList } from "~/ui/identity/session-list.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

const DONE = ["totp", "passkey", "removed", "password", "email", "keys"] as const;

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const [sessions, factors, keys] = await Promise.all([
      caller.identity.sessions.list(),
      caller.identity.factors.list(),
      viewer.customerId === null ? [] : caller.apiKeys.mine(),
    ]);
    const done = new URL(args.request.url).searchParams.get("done");
    return {
      locale,
      factors,
      keys: keys.filter(({ state }) => state === "active").length,
      staff: viewer.kind === "staff" && viewer.secondStep !== "on" ? viewer.secondStep : null,
      done: DONE.find((one) => one === done) ?? null,
      email: viewer.email,
      revoked: new URL(args.request.url).searchParams.has("revoked"),
      sessions: sessions.map(({ userAgent, ...session }) => ({ ...session, browser: browserName(userAgent) })),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const intent = form.text("intent");
    if (intent === "remove-totp" || intent === "remove-passkey") {
      if (intent === "remove-totp") await caller.identity.factors.totp.remove();
      else await caller.identity.factors.passkeys.remove({ id: form.text("id") });
      return redirect("/account/security?done=removed");
    }
    if (intent === "keys") {
      await caller.apiKeys.revokeAll();
      return redirect("/account/security?done=keys");
    }
    if (intent === "others") await caller.identity.sessions.revokeOthers();
    else await caller.identity.sessions.revoke({ id: form.text("id") });
    return redirect("/account/security?revoked");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("account.security.title"), locale });
};

export default function Security() {
  const t = useT();
  const { sessions, email, revoked, factors, staff, done, keys } = useLoaderData<typeof loader>();
  return (
    <div className="flex flex-col gap-8">
      {revoked && <Banner live tone="ok" title={t("account.security.revoked")} />}
      {done && <Banner live tone="ok" title={t(`security.done.${done}`)} />}
      <h1 className="text-26">{t("account.security.title")}</h1>
      <SecondFactorList factors={factors} staff={staff} />
      <section aria-labelledby="sessions" className="flex flex-col items-start gap-4">
        <h2 id="sessions" className="text-21">
          {t("account.security.sessions")}
        </h2>
        <p className="max-w-prose">{t("account.security.sessionsText")}</p>
        <SessionList sessions={sessions} />
        {sessions.length > 1 && (
          <Form method="post">
            <SubmitButton name="intent" value="others">
              {t("account.security.revokeOthers")}
            </SubmitButton>
          </Form>
        )}
      </section>
      <section aria-labelledby="password" className="flex flex-col items-start gap-4">
        <h2 id="password" className="text-21">
          {t("account.security.password")}
        </h2>
        <p className="max-w-prose">{t("security.password.lead")}</p>
        <LinkButton to="/account/security/password">{t("account.security.passwordAction")}</LinkButton>
      </section>
      {keys > 0 && (
        <section aria-labelledby="keys" className="flex flex-col items-start gap-4">
          <h2 id="keys" className="text-21">
            {t("balance.keys.title")}
          </h2>
          <p className="max-w-prose">{t("security.keys.lead", { count: keys })}</p>
          <div className="flex flex-wrap gap-3">
            <Form method="post">
              <SubmitButton name="intent" value="keys">
                {t("security.keys.end")}
              </SubmitButton>
            </Form>
            <LinkButton to="/account/keys">{t("security.keys.see")}</LinkButton>
          </div>
        </section>
      )}
      <section aria-labelledby="address" className="flex flex-col items-start gap-4">
        <h2 id="address" className="text-21">
          {t("identity.email")}
        </h2>
        <p className="max-w-prose break-words">{t("security.email.now", { email })}</p>
        <LinkButton to="/account/security/email">{t("security.email.title")}</LinkButton>
      </section>
      <Form method="post" action="/logout">
        <SubmitButton action="/logout">{t("words.signOut")}</SubmitButton>
      </Form>
    </div>
  );
}

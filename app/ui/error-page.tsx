import { Form, isRouteErrorResponse, useLocation, useRouteError } from "@remix-run/react";
import { readFailure } from "~/lib/failure.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { isLostConnection } from "~/lib/lost-connection.ts";
import { usePageFacts } from "~/lib/page-facts.tsx";
import { useRootData } from "~/lib/root-data.ts";
import { Art } from "./art/art.tsx";
import { Button } from "./button.tsx";
import { ErrorPanel } from "./error-panel.tsx";
import { Field } from "./field.tsx";
import { LinkButton } from "./link-button.tsx";

/** What was asked for means nothing here (any more): a place in a list that has changed, a form that was filled in elsewhere. */
const UNREADABLE: ReadonlySet<number> = new Set([400, 409, 422]);

/** What a route's error boundary shows: not found, not allowed, not understood, a lost connection, or a fault of ours with its id. */
export function ErrorPage() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return (
    <div className="mx-auto flex max-w-account flex-col items-start gap-6 px-4 py-12 md:px-6 md:py-16">
      {status === 404 ? (
        <NotFound />
      ) : status === 403 ? (
        <Forbidden {...readFailure(error)} />
      ) : status === 429 ? (
        <TooMany />
      ) : UNREADABLE.has(status) ? (
        <Unreadable />
      ) : isLostConnection(error) ? (
        <LostConnection />
      ) : (
        <ServerFault requestId={readFailure(error).requestId} />
      )}
    </div>
  );
}

function NotFound() {
  const t = useT();
  if (useInOffice())
    return (
      <>
        <h1 className="text-26 font-bold">{t("errors.notFound.title")}</h1>
        <p className="max-w-prose">{t("errors.notFound.text")}</p>
        <Form action="/admin/search" role="search" className="flex w-full max-w-form flex-wrap items-end gap-3">
          <div className="grow">
            <Field type="search" name="q" label={t("errors.notFound.office")} />
          </div>
          <Button type="submit" variant="solid">
            {t("words.search")}
          </Button>
        </Form>
        <LinkButton to="/admin">{t("admin.nav.queue")}</LinkButton>
      </>
    );
  return (
    <>
      <Art name="lost" className="size-32" />
      <h1 className="text-34">{t("errors.notFound.title")}</h1>
      <p className="max-w-prose">{t("errors.notFound.text")}</p>
      <Form action="/products" role="search" className="flex w-full max-w-form flex-wrap items-end gap-3">
        <div className="grow">
          <Field type="search" name="q" label={t("words.searchLabel")} />
        </div>
        <Button type="submit" variant="solid">
          {t("words.search")}
        </Button>
      </Form>
      <LinkButton to="/">{t("errors.notFound.action")}</LinkButton>
    </>
  );
}

/** Whoever works in the back office goes on there. */
function useInOffice(): boolean {
  return /^\/admin(\/|$)/.test(useLocation().pathname);
}

function Forbidden({ roles, code }: { roles: readonly string[]; code: string | null }) {
  const t = useT();
  const { viewer } = useRootData() ?? {};
  const inOffice = useInOffice() && viewer?.kind === "staff";
  if (code === "identity.read_only")
    return (
      <>
        <h1 className="text-34">{t("security.seen.label")}</h1>
        <p className="max-w-prose">{t("errors.code.identity.read_only")}</p>
        <LinkButton to="/account">{t("errors.forbidden.action")}</LinkButton>
      </>
    );
  const named = roles.map((role) => roleName(t, role)).join(", ");
  return (
    <>
      <h1 className="text-34">{t("errors.forbidden.title")}</h1>
      <p className="max-w-prose">
        {named === "" ? t("errors.forbidden.textPlain") : t("errors.forbidden.text", { role: named })}
      </p>
      {inOffice ? (
        <LinkButton to="/admin">{t("admin.nav.queue")}</LinkButton>
      ) : (
        <LinkButton to="/account">{t("errors.forbidden.action")}</LinkButton>
      )}
    </>
  );
}

function TooMany() {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <>
      <h1 className="text-34">{t("errors.tooMany.title")}</h1>
      <p className="max-w-prose">{t("errors.tooMany.text")}</p>
      <LinkButton to={`${pathname}${search}`} reloadDocument>
        {t("errors.reload")}
      </LinkButton>
    </>
  );
}

function Unreadable() {
  const t = useT();
  const { pathname } = useLocation();
  return (
    <>
      <h1 className="text-34">{t("errors.unreadable.title")}</h1>
      <p className="max-w-prose">{t("errors.unreadable.text")}</p>
      <LinkButton to={pathname} reloadDocument>
        {t("errors.unreadable.action")}
      </LinkButton>
    </>
  );
}

function LostConnection() {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <>
      <h1 className="text-34">{t("errors.connection.title")}</h1>
      <p className="max-w-prose">{t("errors.connection.text")}</p>
      <LinkButton to={`${pathname}${search}`} reloadDocument>
        {t("errors.connection.action")}
      </LinkButton>
    </>
  );
}

function ServerFault({ requestId }: { requestId: string | null }) {
  const t = useT();
  const facts = usePageFacts();
  const data = useRootData();
  return (
    <>
      <h1 className="text-34">{t("errors.server.title")}</h1>
      <ErrorPanel requestId={requestId ?? data?.requestId ?? facts.requestId} email={data?.company.email} />
    </>
  );
}

function roleName(t: ReturnType<typeof useT>, role: string): string {
  switch (role) {
    case "owner":
    case "finance":
    case "support":
    case "marketing":
    case "read_only":
      return t(`errors.role.${role}`);
    default:
      return t("errors.role.staff");
  }
}

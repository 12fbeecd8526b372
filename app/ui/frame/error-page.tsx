import { Form, isRouteErrorResponse, useLocation, useRouteError } from "@remix-run/react";
import { type ErrorName, errorName } from "~/lib/error-name.ts";
import { readFailure } from "~/lib/failure.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { isLostConnection } from "~/lib/page/lost-connection.ts";
import { usePageFacts } from "~/lib/page/page-facts.tsx";
import { useRootData } from "~/lib/page/root-data.ts";
import { Art } from "../art/art.tsx";
import { Button } from "../button.tsx";
import { classNames } from "../class-names.ts";
import { ErrorPanel } from "../error-panel.tsx";
import { Field } from "../field.tsx";
import { LinkButton } from "../link-button.tsx";

/**
 * What a route's error boundary shows: not found, not allowed, not understood, too often, somebody else's silence, a lost
 * connection, or a fault of ours with its id. `inFrame`: in the column of a page that has edges of its own.
 */
export function ErrorPage({ inFrame = false }: { inFrame?: boolean }) {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return (
    <div
      className={classNames(
        "flex max-w-account flex-col items-start gap-6 text-16",
        !inFrame && "mx-auto px-4 py-12 md:px-6 md:py-16",
      )}
    >
      <Words error={error} name={errorName(status, readFailure(error).code)} inFrame={inFrame} />
    </div>
  );
}

function Words({ error, name, inFrame }: { error: unknown; name: ErrorName; inFrame: boolean }) {
  switch (name) {
    case "notFound":
      return <NotFound inFrame={inFrame} />;
    case "forbidden":
      return <Forbidden {...readFailure(error)} />;
    case "tooMany":
    case "busy":
    case "away":
      return <Later name={name} />;
    case "unreadable":
      return <Unreadable />;
    case "server":
      return isLostConnection(error) ? <LostConnection /> : <ServerFault requestId={readFailure(error).requestId} />;
  }
}

/** As large as the other titles of the place that it stands in. */
function Title({ children }: { children: string }) {
  return <h1 className={useInOffice() ? "text-26 font-bold" : "text-34"}>{children}</h1>;
}

function NotFound({ inFrame }: { inFrame: boolean }) {
  const t = useT();
  if (useInOffice())
    return (
      <>
        <Title>{t("errors.notFound.title")}</Title>
        <p className="max-w-prose">{t("errors.notFound.text")}</p>
        {/* The frame of the office has this field already, above. */}
        {!inFrame && (
          <Form action="/admin/search" role="search" className="flex w-full max-w-form flex-wrap items-end gap-3">
            <div className="grow">
              <Field type="search" name="q" label={t("errors.notFound.office")} />
            </div>
            <Button type="submit" variant="solid">
              {t("words.search")}
            </Button>
          </Form>
        )}
        <LinkButton to="/admin">{t("admin.nav.queue")}</LinkButton>
      </>
    );
  return (
    <>
      <Art name="lost" className="size-32" />
      <Title>{t("errors.notFound.title")}</Title>
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
        <Title>{t("security.seen.label")}</Title>
        <p className="max-w-prose">{t("errors.code.identity.read_only")}</p>
        <LinkButton to="/account">{t("errors.forbidden.action")}</LinkButton>
      </>
    );
  const named = roles.map((role) => roleName(t, role)).join(", ");
  return (
    <>
      <Title>{t("errors.forbidden.title")}</Title>
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

/** Too often from this address, or somebody whom we ask (our own database, too) does not answer: it passes, and there is nothing to write about. */
function Later({ name }: { name: "tooMany" | "busy" | "away" }) {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <>
      <Title>{t(`errors.${name}.title`)}</Title>
      <p className="max-w-prose">{t(`errors.${name}.text`)}</p>
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
      <Title>{t("errors.unreadable.title")}</Title>
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
      <Title>{t("errors.connection.title")}</Title>
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
      <Title>{t("errors.server.title")}</Title>
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

import { useBlocker } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";

const isOffline = () => !navigator.onLine;

/**
 * Where the device says that it has no connection, a link or a form leads nowhere: the page stays, with what was typed in
 * it, and says so. Otherwise the browser would put a page of its own in its place.
 */
export function OfflineNotice() {
  const t = useT();
  const blocker = useBlocker(isOffline);
  if (blocker.state !== "blocked") return null;
  const again = () => {
    if (!isOffline()) blocker.proceed();
  };
  return (
    <div className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-form shadow-dialog">
      <Banner
        live
        tone="bad"
        title={t("errors.connection.title")}
        actions={
          <>
            <Button variant="solid" onClick={again}>
              {t("errors.connection.action")}
            </Button>
            <Button variant="quiet" onClick={() => blocker.reset()}>
              {t("words.close")}
            </Button>
          </>
        }
      >
        {t("errors.offline.text")}
      </Banner>
    </div>
  );
}

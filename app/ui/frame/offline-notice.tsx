import { useBlocker } from "@remix-run/react";
import { useSyncExternalStore } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { unanswered } from "~/lib/page/unanswered.ts";
import { Banner } from "../banner.tsx";
import { Button } from "../button.tsx";

const isOffline = () => !navigator.onLine;

const none = () => false;

/**
 * Where the device says that it has no connection, a link or a form leads nowhere; where the server does not answer, it waits.
 * Either way the page stays, with what was typed in it, and says so. Otherwise the browser, or an error, would take its place.
 */
export function OfflineNotice() {
  const t = useT();
  const blocker = useBlocker(isOffline);
  const waits = useSyncExternalStore(unanswered.subscribe, unanswered.waits, none);
  const blocked = blocker.state === "blocked";
  if (!blocked && !waits) return null;
  const again = () => {
    if (isOffline()) return;
    if (blocked) blocker.proceed();
    unanswered.tryAgain();
  };
  return (
    <div className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-form shadow-dialog">
      <Banner
        live
        tone="bad"
        title={t(blocked ? "errors.connection.title" : "errors.unanswered.title")}
        actions={
          <>
            <Button variant="solid" onClick={again}>
              {t("errors.connection.action")}
            </Button>
            {blocked && (
              <Button variant="quiet" onClick={() => blocker.reset()}>
                {t("words.close")}
              </Button>
            )}
          </>
        }
      >
        {t(blocked ? "errors.offline.text" : "errors.unanswered.text")}
      </Banner>
    </div>
  );
}

import { KeyRound } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { usePasskey } from "~/lib/identity/use-passkey.ts";
import { Banner } from "../banner.tsx";
import { Button } from "../button.tsx";
import { Icon } from "../icon.tsx";

/** Signs in, or shows who one is, with a passkey. It is there only where the browser can. */
export function PasskeyButton({ label, fields }: { label: string; fields: Record<string, string> }) {
  const t = useT();
  const passkey = usePasskey("sign_in");
  if (!passkey.usable) return null;
  return (
    <div className="flex flex-col gap-4">
      <p className="flex items-center gap-3 text-14 text-fg-muted before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        {t("security.passkey.or")}
      </p>
      <Button
        type="button"
        size="large"
        full
        icon={<Icon of={KeyRound} />}
        pending={passkey.waiting}
        pendingLabel={t("security.passkey.pending")}
        onClick={() => passkey.ask(fields)}
      >
        {label}
      </Button>
      {passkey.stopped && <Banner live tone="warn" title={t("security.passkey.stopped")} />}
    </div>
  );
}

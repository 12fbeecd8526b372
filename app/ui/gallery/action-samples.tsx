import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "../button.tsx";
import type { ButtonVariant } from "../button-style.ts";
import { Dialog, DialogClose } from "../dialog.tsx";
import { Icon } from "../icon.tsx";
import { LinkButton } from "../link-button.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { Tabs } from "../tabs.tsx";
import { useToast } from "../toast.tsx";
import { Row, Sample } from "./sample.tsx";

const VARIANTS: ButtonVariant[] = ["primary", "solid", "outline", "quiet", "danger"];

export function ActionSamples() {
  const t = useT();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  return (
    <Sample title="Button, SubmitButton, Tabs, Dialog, Toast">
      <Row>
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
      </Row>
      <Row>
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} pending>
            {t("words.save")}
          </Button>
        ))}
      </Row>
      <Row>
        <Button size="large">large</Button>
        <Button size="regular">regular</Button>
        <Button size="compact">compact</Button>
        <Button icon={<Icon of={Plus} size={16} />}>icon</Button>
        <LinkButton to="/admin/ui">{t("words.continue")}</LinkButton>
        <SubmitButton form="sample-none">{t("words.save")}</SubmitButton>
        <SubmitButton form="sample-none" pending>
          {t("words.save")}
        </SubmitButton>
        <Button pending={pending} onClick={() => setPending(true)}>
          {t("prices.buyAndPay", { sum: "299 kr" })}
        </Button>
      </Row>
      <Tabs
        label="Tabs"
        tabs={[
          { to: "?tab=one", label: t("account.nav.overview"), current: true },
          { to: "?tab=two", label: t("account.nav.orders"), current: false, count: 12 },
        ]}
      />
      <div>
        <Tabs
          label="Segments"
          look="segmented"
          tabs={[
            { to: "?period=month", label: "Månad", current: true },
            { to: "?period=year", label: "År", current: false },
          ]}
        />
      </div>
      <Row>
        <Dialog
          title={t("account.nav.membership")}
          description={t("prices.ends", { date: "20 december 2026" })}
          trigger={<Button>dialog</Button>}
        >
          <div className="flex flex-wrap justify-end gap-3">
            <DialogClose asChild>
              <Button>{t("words.back")}</Button>
            </DialogClose>
            <Button variant="danger">{t("words.remove")}</Button>
          </div>
        </Dialog>
        <Dialog
          shape="sheet"
          title={t("words.filter")}
          description={t("words.searchLabel")}
          trigger={<Button>sheet</Button>}
        >
          <p>{t("checkout.cart.emptyNext")}</p>
        </Dialog>
        <Button onClick={() => toast(t("words.copied"))}>toast</Button>
        <Button onClick={() => toast(t("words.remove"), { label: t("words.undo"), onPress: () => undefined })}>
          toast + {t("words.undo")}
        </Button>
      </Row>
    </Sample>
  );
}

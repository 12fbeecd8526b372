import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { Button } from "../button.tsx";
import { CodeBlock } from "../code-block.tsx";
import { CopyText } from "../copy-text.tsx";
import { EmptyState } from "../empty-state.tsx";
import { ErrorPanel } from "../error-panel.tsx";
import { JsonTree } from "../json-tree.tsx";
import { LinkButton } from "../link-button.tsx";
import { Skeleton } from "../skeleton.tsx";
import { Sample } from "./sample.tsx";

const PAYLOAD = JSON.stringify({
  id: "evt_1Q2w3E",
  type: "checkout.session.completed",
  livemode: false,
  data: {
    object: { id: "cs_test_a1", amount_total: 29900, client_secret: "shown to nobody", metadata: {}, lines: [1, 2] },
  },
});

export function MessageSamples() {
  const t = useT();
  return (
    <Sample title="Banner, EmptyState, Skeleton, ErrorPanel, CodeBlock, CopyText, JsonTree">
      <Banner
        tone="bad"
        title={t("checkout.return.failed")}
        actions={<Button>{t("checkout.return.changeCard")}</Button>}
      >
        {t("checkout.return.failed.money")}
      </Banner>
      <Banner tone="warn" title={t("checkout.return.unknown")}>
        {t("checkout.return.unknown.text")}
      </Banner>
      <Banner tone="info" title={t("checkout.return.processing")} />
      <Banner tone="ok" title={t("checkout.return.done.membership")} />
      <EmptyState
        art="empty"
        title={t("checkout.cart.empty")}
        action={<LinkButton to="/products">{t("shop.nav.products")}</LinkButton>}
      >
        {t("checkout.cart.emptyNext")}
      </EmptyState>
      <Skeleton lines={3} />
      <ErrorPanel requestId="0a1b2c3d-4e5f-6789-abcd-ef0123456789" email="hej@kraftverk.test" />
      <p>
        <CopyText text="sub_01J9ZKABCDEFGHJKMNPQRS4XQ2" what="id" shorten />
      </p>
      <CodeBlock
        label="curl"
        code={"curl -X POST http://localhost:3000/api/campaigns/webhook \\\n  -H 'Content-Type: application/json'"}
      />
      <JsonTree label="checkout.session.completed" json={PAYLOAD} />
    </Sample>
  );
}

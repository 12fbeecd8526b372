import { RemixBrowser } from "@remix-run/react";
import { setNonce } from "get-nonce";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { PageFactsProvider, pageFactsOfDocument } from "./lib/page/page-facts.tsx";
import { watchUnanswered } from "./lib/page/unanswered.ts";

const facts = pageFactsOfDocument();
// Dialogs add a style tag of their own, which the content security policy wants signed.
if (facts.nonce) setNonce(facts.nonce);

watchUnanswered();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <PageFactsProvider value={facts}>
        <RemixBrowser />
      </PageFactsProvider>
    </StrictMode>,
  );
});

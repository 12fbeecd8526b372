// Tells Kraftverk about a campaign, signed, and again when it did not get through: node examples/announce-campaign.ts
// Settings: KRAFTVERK_URL (default http://localhost:3000), SOURCE_API_KEY, SOURCE_WEBHOOK_SECRET (only when Kraftverk has one).
import { createHmac, randomUUID } from "node:crypto";

type Campaign = {
  id: string;
  name: string;
  status: "draft" | "active" | "ended";
  startDate?: string;
  endDate?: string;
  durationMonths?: number;
  products: string[];
  prices: { currency: string; interval?: "day" | "week" | "month" | "year"; stripePriceId: string }[];
};
type Answer = { success: boolean; result?: string; error?: string; field?: string };

const url = `${process.env.KRAFTVERK_URL ?? "http://localhost:3000"}/api/campaigns/webhook`;
const key = process.env.SOURCE_API_KEY;
const secret = process.env.SOURCE_WEBHOOK_SECRET;
if (!key) throw new Error("SOURCE_API_KEY is not set.");

/** The headers of the Standard Webhooks signature. */
function signature(id: string, body: string): Record<string, string> {
  if (!secret) return {};
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const signingKey = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : secret;
  const digest = createHmac("sha256", signingKey).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
}

/** Sends one announcement until it is stored. The event id makes it safe to send it again; the version, to be late. */
async function announce(action: "created" | "updated", campaign: Campaign, version: number): Promise<Answer> {
  const eventId = randomUUID();
  const body = JSON.stringify({ action, campaign, version, eventId, occurredAt: new Date().toISOString() });
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...signature(eventId, body) },
      body,
    }).catch(() => null);
    if (response && response.status < 500) return (await response.json()) as Answer;
    if (attempt === 5) throw new Error("Kraftverk does not answer.");
    await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 500));
  }
}

const answer = await announce(
  "created",
  {
    id: "november",
    name: "Novemberkampanj",
    status: "active",
    startDate: "2026-11-01",
    products: ["test-kund"],
    prices: [{ currency: "SEK", interval: "month", stripePriceId: "price_TEST123" }],
  },
  1,
);
console.log(JSON.stringify(answer));

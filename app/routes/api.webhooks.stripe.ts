import type { ActionFunctionArgs } from "@remix-run/node";

/** Stripe's notifications: the signed bytes go to the inbox exactly as they came. (Usually answered before Remix.) */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  const answer = await context.webhooks.receive("stripe", body, request.headers);
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

/** There is nothing to look at. */
export function loader(): Response {
  return new Response(null, { status: 405, headers: { Allow: "POST" } });
}

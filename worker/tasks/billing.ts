import { lookAtSubscription, sendRenewalReceipt, sweepSubscriptions } from "../../server/billing/index.ts";
import type {
  convergeSubscriptionJob,
  sendRenewalReceiptJob,
  sweepSubscriptionsJob,
} from "../../server/billing/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleConvergeSubscription: Handler<typeof convergeSubscriptionJob> = lookAtSubscription;
export const handleSendRenewalReceipt: Handler<typeof sendRenewalReceiptJob> = sendRenewalReceipt;
export const handleSweepSubscriptions: Handler<typeof sweepSubscriptionsJob> = (ctx) => sweepSubscriptions(ctx);

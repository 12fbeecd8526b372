import { account } from "./account.ts";
import { acts } from "./acts.ts";
import { admin } from "./admin.ts";
import { alerts } from "./alerts.ts";
import { balance } from "./balance.ts";
import { campaigns } from "./campaigns.ts";
import { card } from "./card.ts";
import { checkout } from "./checkout.ts";
import { command } from "./command.ts";
import { crediting } from "./crediting.ts";
import { drifts } from "./drifts.ts";
import { errors } from "./errors.ts";
import { goods } from "./goods.ts";
import { identity } from "./identity.ts";
import { invoices } from "./invoices.ts";
import { jobs } from "./jobs.ts";
import { ledger } from "./ledger.ts";
import { letters } from "./letters.ts";
import { lists } from "./lists.ts";
import { membership } from "./membership.ts";
import { memberships } from "./memberships.ts";
import { moving } from "./moving.ts";
import { nothing } from "./nothing.ts";
import { offers } from "./offers.ts";
import { office } from "./office.ts";
import { organizations } from "./organizations.ts";
import { payouts } from "./payouts.ts";
import { planning } from "./planning.ts";
import { plans } from "./plans.ts";
import { prices } from "./prices.ts";
import { products } from "./products.ts";
import { queue } from "./queue.ts";
import { refunds } from "./refunds.ts";
import { report } from "./report.ts";
import { search } from "./search.ts";
import { seats } from "./seats.ts";
import { security } from "./security.ts";
import { settings } from "./settings.ts";
import { shop } from "./shop.ts";
import { statuses } from "./statuses.ts";
import { told } from "./told.ts";
import { units } from "./units.ts";
import { webhooks } from "./webhooks.ts";
import { withdraw } from "./withdraw.ts";
import { words } from "./words.ts";

export const sv = {
  ...words,
  ...errors,
  ...statuses,
  ...prices,
  ...payouts,
  ...refunds,
  ...report,
  ...seats,
  ...security,
  ...settings,
  ...shop,
  ...units,
  ...withdraw,
  ...card,
  ...checkout,
  ...goods,
  ...identity,
  ...account,
  ...acts,
  ...alerts,
  ...balance,
  ...admin,
  ...command,
  ...crediting,
  ...invoices,
  ...ledger,
  ...letters,
  ...lists,
  ...membership,
  ...memberships,
  ...nothing,
  ...offers,
  ...webhooks,
  ...queue,
  ...jobs,
  ...drifts,
  ...search,
  ...office,
  ...organizations,
  ...campaigns,
  ...products,
  ...plans,
  ...planning,
  ...moving,
  ...told,
};

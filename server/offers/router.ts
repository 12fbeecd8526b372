import { access, router, STAFF } from "../trpc/init.ts";
import { acceptOffer, declineOffer } from "./answer-offer.ts";
import {
  addOfferInput,
  declineOfferInput,
  editOfferInput,
  offerInput,
  offerListInput,
  offerShowingInput,
  showingListInput,
  showOfferInput,
  switchOfferInput,
} from "./input.ts";
import { getOffer, listOffers, listShowings } from "./queries.ts";
import { readShowing } from "./read-showing.ts";
import { showOffer } from "./show-offer.ts";
import { addOffer, editOffer, switchOffer } from "./write-offer.ts";

/** Who may say what is offered. */
const SELLING = { staff: ["owner", "marketing"] } as const;

/** Who may read why people leave, with their addresses: those who answer them or their money. */
const HEARING = { staff: ["owner", "finance", "support"] } as const;

/** What somebody who leaves is offered instead. */
export const offersRouter = router({
  show: access("customer")
    .input(showOfferInput)
    .mutation(({ ctx, input }) => showOffer(ctx, input)),
  read: access("customer")
    .input(offerShowingInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readShowing(tx, input.showingId), { readOnly: true })),
  accept: access("customer")
    .input(offerShowingInput)
    .mutation(({ ctx, input }) => acceptOffer(ctx, input)),
  decline: access("customer")
    .input(declineOfferInput)
    .mutation(({ ctx, input }) => declineOffer(ctx, input)),
  list: access(STAFF)
    .input(offerListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listOffers(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(offerInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getOffer(tx, input.id), { readOnly: true })),
  showings: access(HEARING)
    .input(showingListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listShowings(tx, input), { readOnly: true })),
  add: access(SELLING)
    .input(addOfferInput)
    .mutation(({ ctx, input }) => addOffer(ctx, input)),
  edit: access(SELLING)
    .input(editOfferInput)
    .mutation(({ ctx, input }) => editOffer(ctx, input)),
  switch: access(SELLING)
    .input(switchOfferInput)
    .mutation(({ ctx, input }) => switchOffer(ctx, input)),
});

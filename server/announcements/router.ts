import { access, router, STAFF } from "../trpc/init.ts";
import {
  addEndpointInput,
  deliveryInput,
  deliveryListInput,
  endpointInput,
  endpointListInput,
  setEndpointInput,
} from "./input.ts";
import { addEndpoint, redeliver, rotateSecret, setEndpoint } from "./manage-endpoint.ts";
import { getEndpoint, listDeliveries, listEndpoints } from "./queries.ts";

const OWNER = { staff: ["owner"] } as const;

/** Other installations that hear of our campaigns. Only the owner decides where announcements go. */
export const announcementsRouter = router({
  endpoints: router({
    list: access(STAFF)
      .input(endpointListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listEndpoints(tx, input), { readOnly: true })),
    get: access(STAFF)
      .input(endpointInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => getEndpoint(tx, input.id), { readOnly: true })),
    add: access(OWNER)
      .input(addEndpointInput)
      .mutation(({ ctx, input }) => addEndpoint(ctx, input)),
    rotate: access(OWNER)
      .input(endpointInput)
      .mutation(({ ctx, input }) => rotateSecret(ctx, input)),
    set: access(OWNER)
      .input(setEndpointInput)
      .mutation(({ ctx, input }) => setEndpoint(ctx, input)),
  }),
  deliveries: router({
    list: access(STAFF)
      .input(deliveryListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listDeliveries(tx, input), { readOnly: true })),
    redeliver: access({ staff: ["owner", "marketing"] })
      .input(deliveryInput)
      .mutation(({ ctx, input }) => redeliver(ctx, input)),
  }),
});

/**
 * What staff may mark a customer with. `watch`: look twice at purchases. `complaint`: a complaint is open. `care`: needs
 * extra consideration. `no_contact`: has asked not to be contacted. `vip`: go the extra mile.
 */
export const CUSTOMER_FLAGS = ["watch", "complaint", "care", "no_contact", "vip"] as const;
export type CustomerFlag = (typeof CUSTOMER_FLAGS)[number];

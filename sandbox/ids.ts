import { randomFillSync } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// Asking for randomness costs more than using it, so it is fetched in portions.
const portion = Buffer.alloc(4096);
let used = portion.length;

function nextByte(): number {
  if (used === portion.length) {
    randomFillSync(portion);
    used = 0;
  }
  const byte = portion[used] ?? 0;
  used += 1;
  return byte;
}

let source: () => number = nextByte;
let moment: number | undefined;

/**
 * Draws every id that `work` makes from a source of its own, and lets it begin with the moment (unix seconds); work is never
 * interrupted, so no other work draws from it.
 */
export function drawingFrom<T>(own: (() => number) | undefined, seconds: number, work: () => T): T {
  const before = [source, moment] as const;
  [source, moment] = [own ?? nextByte, seconds];
  try {
    return work();
  } finally {
    [source, moment] = before;
  }
}

const inOrder = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const momentLength = 6;

let lastMoment: { seconds: number; text: string } | undefined;

/** The moment in six letters and digits that sort as time does: what is made together lies together in the file. */
function momentText(): string {
  const seconds = moment ?? Math.floor(Date.now() / 1000);
  if (lastMoment?.seconds !== seconds) lastMoment = { seconds, text: writeMoment(seconds) };
  return lastMoment.text;
}

function writeMoment(seconds: number): string {
  let rest = seconds;
  let written = "";
  while (written.length < momentLength) {
    written = inOrder.charAt(rest % inOrder.length) + written;
    rest = Math.floor(rest / inOrder.length);
  }
  return written;
}

const longest = 64;
const written = Buffer.alloc(longest);

/** Random letters and digits, at most 64. 248 is the largest multiple of 62 below 256: larger bytes would favor some letters. */
export function randomText(length: number, letters: string = alphabet): string {
  if (length > longest) throw new RangeError(`no more than ${longest} letters are drawn at a time`);
  const limit = 256 - (256 % letters.length);
  for (let made = 0; made < length; ) {
    const byte = source();
    if (byte >= limit) continue;
    written[made] = letters.charCodeAt(byte % letters.length);
    made += 1;
  }
  return written.toString("latin1", 0, length);
}

/** The part behind the prefix, as long as the provider makes it. */
const tails = {
  cus: ["", 14],
  prod: ["", 14],
  price: ["1", 23],
  pm: ["1", 23],
  card: ["1", 23],
  pi: ["3", 23],
  ch: ["3", 23],
  py: ["3", 23],
  re: ["3", 23],
  txn: ["3", 23],
  sub: ["1", 23],
  si: ["", 14],
  in: ["1", 23],
  il: ["1", 23],
  inpay: ["1", 23],
  li: ["1", 23],
  evt: ["1", 23],
  we: ["1", 23],
  whsec: ["", 32],
  req: ["", 14],
  cs_test: ["a1", 58],
  promo: ["1", 23],
  di: ["1", 23],
  ii: ["1", 23],
  cn: ["1", 23],
  cnli: ["1", 23],
  cbtxn: ["1", 23],
  seti: ["1", 23],
  du: ["1", 23],
  po: ["1", 23],
  sub_sched: ["1", 23],
  bps: ["1", 23],
  bpc: ["1", 23],
  clock: ["1", 23],
  txi: ["1", 23],
  txr: ["1", 23],
  shr: ["1", 23],
  feat: ["test_6", 32],
  prodft: ["1", 23],
  ent: ["test_6", 32],
  mtr_test: ["6", 32],
  mtr_event: ["", 24],
  credgr_test: ["6", 32],
  issfr: ["1", 23],
  coupon: ["", 8],
} as const satisfies Record<string, readonly [string, number]>;

export type IdPrefix = keyof typeof tails;

/** A new id of the provider's form, such as `sub_1Qx…`. */
export function newId(prefix: IdPrefix): string {
  const [start, length] = tails[prefix];
  // A coupon's id is what a customer types, so it has no prefix.
  if (prefix === "coupon") return randomText(length);
  if (start === "") return `${prefix}_${randomText(length)}`;
  return `${prefix}_${start}${momentText()}${randomText(length - momentLength)}`;
}

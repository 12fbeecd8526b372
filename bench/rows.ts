type Beside = (value: number, of: (figure: string) => number) => string;
type Met = (value: number, of: (figure: string) => number) => boolean;

/** One line of the table. What is wanted of it is the least that is wanted, not the aim. */
export type Row = {
  readonly label: string;
  readonly figure: string;
  readonly unit: "/s" | "ms" | "s" | "MB" | "";
  /** How the median reads beside the baselines' medians. */
  readonly beside?: Beside;
  readonly wanted?: string;
  readonly met?: Met;
};

/** What peers reached as a share of a baseline of the same machine (`W` or `P`), measured once on one machine. */
const PEERS = { stripeSync: 0.099, medusaList: 0.000_58, bareRemix: 0.012 } as const;
const share = (part: number, whole: number) => `${Math.round((part / whole) * 100)} %`;
const times = (part: number, whole: number) => `${(part / whole).toFixed(1)}×`;

/** A page beside those of other shops. */
const besideShops: Beside = (value, of) =>
  `${times(value, of("P") * PEERS.bareRemix)} bare Remix, ${times(value, of("P") * PEERS.medusaList)} Medusa`;
const likeShops: Met = (value, of) => value >= PEERS.bareRemix * of("P") && value >= 14 * PEERS.medusaList * of("P");

/** Everything that is measured, with what is wanted of it. */
export const ROWS: readonly Row[] = [
  { label: "W: event and job in one statement, 16 clients", figure: "W", unit: "/s" },
  { label: "H: one hot row, 16 clients", figure: "H", unit: "/s" },
  { label: "C: one credit of 10,000 accounts, 16 clients", figure: "C", unit: "/s" },
  { label: "S: one row by its key, 16 clients", figure: "S", unit: "/s" },
  { label: "P: plain node:http, 50 connections", figure: "P", unit: "/s" },
  {
    label: "P1: webhook intake, 16 connections",
    figure: "P1",
    unit: "/s",
    beside: (value, of) =>
      `${share(value, of("W"))} of W, ${times(value, of("W") * PEERS.stripeSync)} stripe-sync-engine`,
    wanted: "75 % of W, 6×",
    met: (value, of) => value >= 0.75 * of("W") && value >= 6 * PEERS.stripeSync * of("W"),
  },
  { label: "P1: its 99th percentile", figure: "P1 p99", unit: "ms", wanted: "20 ms", met: (value) => value <= 20 },
  {
    label: "P1: webhook intake, 64 connections",
    figure: "P1 64",
    unit: "/s",
    beside: (value, of) => `${share(value, of("W"))} of W`,
    wanted: "100 % of W",
    met: (value, of) => value >= of("W"),
  },
  {
    label: "P2: the same with every event sent twice, 16 connections",
    figure: "P2",
    unit: "/s",
    beside: (value, of) => `${share(value, of("P1"))} of P1`,
    wanted: "100 % of P1",
    met: (value, of) => value >= of("P1"),
  },
  {
    label: "P3: event sent → effect committed, idle, median",
    figure: "P3 p50",
    unit: "ms",
    wanted: "10 ms",
    met: (value) => value <= 10,
  },
  {
    label: "P3: the same, 99th percentile",
    figure: "P3 p99",
    unit: "ms",
    wanted: "25 ms",
    met: (value) => value <= 25,
  },
  { label: "Web and worker together, events with an effect", figure: "throughput", unit: "/s" },
  {
    label: "P3: at half of that rate, 99th percentile",
    figure: "P3 half p99",
    unit: "ms",
    wanted: "250 ms",
    met: (value) => value <= 250,
  },
  {
    label: "P5: a credit of one of 10,000 accounts, 16 connections",
    figure: "P5",
    unit: "/s",
    beside: (value, of) => `${share(value, of("C"))} of C`,
    wanted: "25 % of C",
    met: (value, of) => value >= 0.25 * of("C"),
  },
  { label: "P5: its 99th percentile", figure: "P5 p99", unit: "ms" },
  {
    label: "P6: a credit of one hot account, 16 connections",
    figure: "P6",
    unit: "/s",
    beside: (value, of) => `${share(value, of("H"))} of H`,
    wanted: "50 % of H",
    met: (value, of) => value >= 0.5 * of("H"),
  },
  { label: "P6: its 99th percentile", figure: "P6 p99", unit: "ms", wanted: "40 ms", met: (value) => value <= 40 },
  {
    label: "P6: the same, 64 connections",
    figure: "P6 64",
    unit: "/s",
    beside: (value, of) => `${share(value, of("H"))} of H`,
    wanted: "50 % of H",
    met: (value, of) => value >= 0.5 * of("H"),
  },
  { label: "P6: its 99th percentile", figure: "P6 64 p99", unit: "ms" },
  {
    label: "P7: what one of 10,000 organizations may do, 16 connections",
    figure: "P7",
    unit: "/s",
    beside: (value, of) => `${share(value, of("S"))} of S`,
    wanted: "6 % of S",
    met: (value, of) => value >= 0.06 * of("S"),
  },
  { label: "P7: its 99th percentile", figure: "P7 p99", unit: "ms", wanted: "10 ms", met: (value) => value <= 10 },
  {
    label: "P7: until two web processes say what was revoked",
    figure: "P7 revoked",
    unit: "s",
    wanted: "1 s",
    met: (value) => value <= 1,
  },
  {
    label: "P9: storefront, 12 products, a page that nobody else asks for, 16 connections",
    figure: "P9 each",
    unit: "/s",
    beside: besideShops,
    wanted: "1× bare Remix, 14× Medusa",
    met: likeShops,
  },
  { label: "P9: its 99th percentile", figure: "P9 each p99", unit: "ms", wanted: "60 ms", met: (value) => value <= 60 },
  {
    label: "P9: the same page for all visitors without session and cart",
    figure: "P9 shared",
    unit: "/s",
    beside: (value, of) => `${share(value, of("P"))} of P, ${besideShops(value, of)}`,
    wanted: "1× bare Remix, 14× Medusa",
    met: likeShops,
  },
  {
    label: "P9: its 99th percentile",
    figure: "P9 shared p99",
    unit: "ms",
    wanted: "60 ms",
    met: (value) => value <= 60,
  },
  { label: "P9: visitors with a session or a cart", figure: "P9 known", unit: "/s", beside: besideShops },
  { label: "P9: its 99th percentile", figure: "P9 known p99", unit: "ms" },
  {
    label: "P10: a member's payments, signed in, 16 connections",
    figure: "P10",
    unit: "/s",
    beside: (value, of) => `${times(value, of("P") * PEERS.bareRemix)} bare Remix`,
    wanted: "0.6× bare Remix",
    met: (value, of) => value >= 0.6 * PEERS.bareRemix * of("P"),
  },
  { label: "P10: its 99th percentile", figure: "P10 p99", unit: "ms", wanted: "100 ms", met: (value) => value <= 100 },
  {
    label: "P11: campaign price look-up, 10,000 campaigns, in process",
    figure: "P11",
    unit: "/s",
    wanted: "5,000/s",
    met: (value) => value >= 5_000,
  },
  { label: "P11: its 99th percentile", figure: "P11 p99", unit: "ms", wanted: "2 ms", met: (value) => value <= 2 },
  {
    label: "P14: web after a minute at 70 % load",
    figure: "P14 web",
    unit: "MB",
    wanted: "300 MB",
    met: (value) => value <= 300,
  },
  {
    label: "P14: worker after a minute at 70 % load",
    figure: "P14 worker",
    unit: "MB",
    wanted: "160 MB",
    met: (value) => value <= 160,
  },
  { label: "P15: web, start to first page", figure: "P15 web", unit: "s", wanted: "1 s", met: (value) => value <= 1 },
  {
    label: "P15: worker, start to ready",
    figure: "P15 worker",
    unit: "s",
    wanted: "0.5 s",
    met: (value) => value <= 0.5,
  },
  {
    label: "P16: packages of production, without Node and PostgreSQL",
    figure: "P16 packages",
    unit: "",
    wanted: "450",
    met: (value) => value <= 450,
  },
  { label: "P16: their size", figure: "P16 MB", unit: "MB", wanted: "200 MB", met: (value) => value <= 200 },
  {
    label: "P17: events taken in while twice as many come",
    figure: "P17 goodput",
    unit: "/s",
    beside: (value, of) => `${share(value, of("P1 64"))} of the most`,
    wanted: "80 % of the most",
    met: (value, of) => value >= 0.8 * of("P1 64"),
  },
  {
    label: "P17: answers that are neither 200 nor a refusal with Retry-After",
    figure: "P17 refused",
    unit: "",
    wanted: "0",
    met: (value) => value === 0,
  },
  {
    label: "P17: a refusal, from when the event was sent, 99th percentile",
    figure: "P17 refusal p99",
    unit: "ms",
    wanted: "50 ms",
    met: (value) => value <= 50,
  },
  {
    label: "P17: the same, from when the event was to be sent",
    figure: "P17 refusal due p99",
    unit: "ms",
  },
  {
    label: "P17: until one event is taken in at once again",
    figure: "P17 recovery",
    unit: "s",
    wanted: "5 s",
    met: (value) => value <= 5,
  },
  {
    label: "L: npm run ledger:verify, 1,000,000 entries",
    figure: "L",
    unit: "s",
    wanted: "30 s",
    met: (value) => value <= 30,
  },
  {
    label: "L: an export of them, verified without the shop",
    figure: "L file",
    unit: "s",
    wanted: "30 s",
    met: (value) => value <= 30,
  },
  {
    label: "Y: the sandbox, a year of 1,000 monthly subscriptions",
    figure: "Y",
    unit: "s",
    wanted: "20 s",
    met: (value) => value <= 20,
  },
  { label: "Y: webhooks delivered in that year", figure: "Y deliveries", unit: "" },
  {
    label: "Y: the most memory the sandbox held",
    figure: "Y MB",
    unit: "MB",
    wanted: "300 MB",
    met: (value) => value <= 300,
  },
  {
    label: "Y: a payment page of that sandbox, p95",
    figure: "Y page",
    unit: "ms",
    wanted: "30 ms",
    met: (value) => value <= 30,
  },
  {
    label: "T: the time machine, 365 days of 2,000 memberships",
    figure: "T",
    unit: "s",
    wanted: "240 s",
    met: (value) => value <= 240,
  },
  {
    label: "T: charges and refusals of that year, followed to the books and the mail",
    figure: "T charges",
    unit: "/s",
    beside: (value, of) => `${((value / of("W")) * 100).toFixed(2)} % of W`,
  },
  {
    label: "T: the joining before that year, 2,000 purchases through the payment page",
    figure: "T joining",
    unit: "s",
  },
  {
    label: "T: members who joined before that year, from the basket to the membership",
    figure: "T joined",
    unit: "/s",
  },
];

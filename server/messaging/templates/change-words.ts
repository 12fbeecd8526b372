import type { Locale } from "../../../app/lib/locale.ts";
import type { MembershipChange } from "../membership-mails.ts";
import { MOVED, type Words } from "./plan-moved.ts";
import { SEATS } from "./seat-words.ts";
import { UNITS } from "./unit-words.ts";

const SV: Record<MembershipChange["what"], Words> = {
  ...MOVED.sv,
  ...SEATS.sv,
  ...UNITS.sv,
  ending: {
    subject: ({ at, plan }) => (plan ? `Planen slutar den ${at}` : `Medlemskapet avslutas den ${at}`),
    text: ({ product, plan }) => `${plan ? "Ni" : "Du"} kan använda ${product} till dess. Inget mer dras.`,
    action: "Ångra uppsägningen",
  },
  ended: {
    subject: ({ plan }) => (plan ? "Planen är avslutad" : "Medlemskapet är avslutat"),
    text: ({ product, refund }) =>
      `${product} är avslutat och inget mer dras.${refund ? ` Vi betalar tillbaka ${refund} till kortet som det betalades med.` : ""}`,
  },
  keep_too_late: {
    subject: ({ plan }) => `${plan ? "Planen" : "Medlemskapet"} hade redan avslutats`,
    text: ({ product, at, plan }) =>
      `${product} avslutades den ${at}, så det gick inte att ångra. Inget mer dras. ${plan ? "Ni kan välja en plan" : "Du kan bli medlem"} på nytt när ${plan ? "ni" : "du"} vill.`,
  },
  trial_again: {
    subject: () => "Provperioden är redan använd",
    text: ({ product, refund, plan }) =>
      `En provperiod ges en gång, till en person eller ett företag och för ett kort, så ${product} är avslutat och inget dras.${refund ? ` Vi betalar tillbaka ${refund} till kortet som det betalades med.` : ""} ${plan ? "Ni" : "Du"} kan beställa igen utan provperiod. Logga in först, så visas vad som dras i dag.`,
  },
  trial_over: {
    subject: () => "Provperioden är slut",
    text: ({ product, plan }) =>
      `Inget kort lades till, så ${product} är avslutat och inget dras. ${plan ? "Ni" : "Du"} kan beställa när ${plan ? "ni" : "du"} vill.`,
  },
  trial_paused: {
    subject: () => "Provperioden är slut och allt är pausat",
    text: ({ product, sum, plan }) =>
      `Inget kort lades till, så ${product} är pausat och inget dras. Lägg till ett kort så fortsätter det: då dras ${sum}. ${plan ? "Ni" : "Du"} behöver inte logga in.`,
    action: "Lägg till ett kort",
  },
  trial_owed: {
    subject: ({ sum }) => `Provperioden är slut, ${sum} är obetalt`,
    text: ({ product, sum, until, plan }) => {
      const you = plan ? "Ni" : "Du";
      return `Inget kort lades till, så inget har dragits för ${product}. Lägg till ett kort så dras ${sum} direkt och allt fortsätter. ${you} behöver inte logga in. ${until ? `${you} har kvar allt till och med den ${until}, därefter är ${product} låst tills det är betalt.` : `${product} är låst tills det är betalt.`}`;
    },
    action: "Lägg till ett kort",
  },
  kept: {
    subject: ({ plan }) => `${plan ? "Planen" : "Medlemskapet"} fortsätter som förut`,
    text: ({ product, plan }) => `Det som var på gång är återtaget. ${plan ? "Ni" : "Du"} har kvar ${product}.`,
  },
  plan_changed: {
    subject: ({ to, plan }) => `${plan ? "Ni" : "Du"} har nu ${to}`,
    text: ({ product, to, plan, credited, carried }) =>
      `${plan ? "Er plan" : "Ditt medlemskap"} är bytt från ${product} till ${to}.${
        credited
          ? ` ${credited} av det som är betalat räknas av på nästa betalning.`
          : carried
            ? ` Det kostar ${carried} för resten av perioden, som kommer med nästa betalning.`
            : ""
      }`,
  },
  plan_scheduled: {
    subject: ({ to, at }) => `Bytet till ${to} sker den ${at}`,
    text: ({ product, to, sum, plan }) =>
      `${plan ? "Ni" : "Du"} har kvar ${product} till dess. Sedan kostar ${to} ${sum}.`,
    action: "Ångra bytet",
  },
  plan_waits: {
    subject: ({ to }) => `Bytet till ${to} väntar på betalningen`,
    text: ({ product, until, plan }) =>
      `${plan ? "Ni" : "Du"} är kvar på ${product} tills betalningen är klar.${until ? ` Är den inte gjord senast ${until} blir det inget byte, och inget dras.` : ""}`,
    action: "Betala",
  },
  plan_failed: {
    subject: () => "Det blev inget byte",
    text: ({ product, to, plan }) =>
      `Bytet till ${to} gick inte att göra. ${plan ? "Ni" : "Du"} har kvar ${product}. Inget har dragits för bytet.`,
  },
  pausing: {
    subject: ({ at, plan }) => `${plan ? "Planen" : "Medlemskapet"} pausas den ${at}`,
    text: ({ until, sum, plan }) =>
      `Inget dras under pausen. ${until ? `Startar igen den ${until}, då dras ${sum}.` : `Pausen varar tills ${plan ? "ni startar igen på er plans sida" : "du startar igen på ditt konto"}.`}`,
    action: "Ångra pausen",
  },
  free: {
    subject: ({ at }) => `Nästa betalning är den ${at}`,
    text: ({ product, at, plan }) =>
      `${plan ? "Ni" : "Du"} har ${product} utan kostnad till dess. Inget dras före den ${at}.`,
  },
  price_scheduled: {
    subject: ({ product, at }) => `${product} får nytt pris den ${at}`,
    text: ({ product, at, sum, before, plan }) => {
      const you = plan ? "ni" : "du";
      return `Till dess betalar ${you} ${before} som förut. Från den ${at} kostar ${product} ${sum}. Vi talar om det i förväg: vill ${you} inte fortsätta till det nya priset kan ${you} ${plan ? "säga upp planen" : "avsluta"} utan kostnad före den ${at}.`;
    },
    action: "Se vad som ändras",
  },
  terms_scheduled: {
    subject: ({ product, at }) => `Villkoren för ${product} ändras den ${at}`,
    text: ({ product, at, sum, plan }) => {
      const you = plan ? "ni" : "du";
      return `Priset är oförändrat, ${sum}. Vad som ingår i ${product} blir ett annat från den ${at}. Vi talar om det i förväg: vill ${you} inte fortsätta kan ${you} ${plan ? "säga upp planen" : "avsluta"} utan kostnad före den ${at}.`;
    },
    action: "Se vad som ändras",
  },
  discount: {
    subject: ({ sum, plan }) => `${plan ? "Ni" : "Du"} betalar ${sum} framöver`,
    text: ({ product, sum, full, until }) =>
      until
        ? `${product} kostar ${sum} i stället för ${full} vid varje betalning före den ${until}. Därefter ${full}.`
        : `${product} kostar ${sum} i stället för ${full}.`,
  },
  discount_past: {
    subject: () => "Rabatten gällde betalningar som redan är gjorda",
    text: ({ product, sum }) => `Nu dras inget mer av: nästa gång kostar ${product} ${sum}.`,
  },
  discount_ended: {
    subject: ({ sum, plan }) => `Rabatten är slut, ${plan ? "ni" : "du"} betalar ${sum}`,
    text: ({ product, sum }) => `Från nästa betalning kostar ${product} ${sum}.`,
  },
  resumed: {
    subject: ({ plan }) => `${plan ? "Planen" : "Medlemskapet"} är igång igen`,
    text: ({ product }) => `Pausen är slut och ${product} gäller från i dag.`,
  },
};

const thing = (plan: boolean) => (plan ? "plan" : "membership");

const EN: Record<MembershipChange["what"], Words> = {
  ...MOVED.en,
  ...SEATS.en,
  ...UNITS.en,
  ending: {
    subject: ({ at, plan }) => `Your ${thing(plan)} ends on ${at}`,
    text: ({ product }) => `You can use ${product} until then. Nothing more will be charged.`,
    action: "Undo cancellation",
  },
  ended: {
    subject: ({ plan }) => `Your ${thing(plan)} has ended`,
    text: ({ product, refund }) =>
      `${product} has ended and nothing more will be charged.${refund ? ` We will refund ${refund} to the card that paid for it.` : ""}`,
  },
  keep_too_late: {
    subject: ({ plan }) => `Your ${thing(plan)} had ended already`,
    text: ({ product, at, plan }) =>
      `${product} ended on ${at}, so that could not be undone. Nothing more will be charged. You can ${plan ? "choose a plan" : "become a member"} again whenever you like.`,
  },
  trial_again: {
    subject: () => "The trial has been used already",
    text: ({ product, refund }) =>
      `A trial is given once, to a person or a company and for a card, so ${product} has ended and nothing will be charged.${refund ? ` We will refund ${refund} to the card that paid for it.` : ""} You can order it again without a trial. Sign in first to see what is charged today.`,
  },
  trial_over: {
    subject: () => "Your trial is over",
    text: ({ product }) =>
      `No card was added, so ${product} has ended and nothing is charged. You can order it whenever you like.`,
  },
  trial_paused: {
    subject: () => "Your trial is over and everything is paused",
    text: ({ product, sum }) =>
      `No card was added, so ${product} is paused and nothing is charged. Add a card and it goes on: ${sum} is charged then. You do not need to sign in.`,
    action: "Add a card",
  },
  trial_owed: {
    subject: ({ sum }) => `Your trial is over and ${sum} is unpaid`,
    text: ({ product, sum, until }) =>
      `No card was added, so nothing was charged for ${product}. Add a card and ${sum} is charged at once and everything goes on. You do not need to sign in. ${until ? `You keep everything until ${until}; after that ${product} is locked until it is paid.` : `${product} is locked until it is paid.`}`,
    action: "Add a card",
  },
  kept: {
    subject: ({ plan }) => `Your ${thing(plan)} goes on as before`,
    text: ({ product }) => `What was planned has been taken back. You keep ${product}.`,
  },
  plan_changed: {
    subject: ({ to }) => `You now have ${to}`,
    text: ({ product, to, plan, credited, carried }) =>
      `Your ${thing(plan)} has been switched from ${product} to ${to}.${
        credited
          ? ` ${credited} of what was paid is taken off the next payment.`
          : carried
            ? ` The rest of the period costs ${carried}, which comes with the next payment.`
            : ""
      }`,
  },
  plan_scheduled: {
    subject: ({ to, at }) => `You switch to ${to} on ${at}`,
    text: ({ product, to, sum }) => `You keep ${product} until then. After that ${to} costs ${sum}.`,
    action: "Undo the switch",
  },
  plan_waits: {
    subject: ({ to }) => `The switch to ${to} awaits its payment`,
    text: ({ product, until }) =>
      `You stay on ${product} until the payment is complete.${until ? ` If it is not made by ${until} there is no switch, and nothing is charged.` : ""}`,
    action: "Pay",
  },
  plan_failed: {
    subject: ({ plan }) => `Your ${thing(plan)} was not switched`,
    text: ({ product, to }) =>
      `The switch to ${to} could not be made. You keep ${product}. Nothing was charged for the switch.`,
  },
  pausing: {
    subject: ({ at, plan }) => `Your ${thing(plan)} pauses on ${at}`,
    text: ({ until, sum }) =>
      `Nothing is charged during the pause. ${until ? `Resumes on ${until}, when ${sum} is charged.` : "The pause lasts until you resume in your account."}`,
    action: "Undo the pause",
  },
  free: {
    subject: ({ at }) => `Your next payment is on ${at}`,
    text: ({ product, at }) => `You have ${product} free of charge until then. Nothing is charged before ${at}.`,
  },
  price_scheduled: {
    subject: ({ product, at }) => `${product} has a new price from ${at}`,
    text: ({ product, at, sum, before }) =>
      `Until then you pay ${before} as before. From ${at} ${product} costs ${sum}. We tell you in advance: if you do not want to go on at the new price, you can cancel free of charge before ${at}.`,
    action: "See what changes",
  },
  terms_scheduled: {
    subject: ({ product, at }) => `The terms of ${product} change on ${at}`,
    text: ({ product, at, sum }) =>
      `The price stays as it is, ${sum}. What ${product} includes becomes another from ${at}. We tell you in advance: if you do not want to go on, you can cancel free of charge before ${at}.`,
    action: "See what changes",
  },
  discount: {
    subject: ({ sum }) => `You pay ${sum} from now on`,
    text: ({ product, sum, full, until }) =>
      until
        ? `${product} costs ${sum} instead of ${full} at each payment before ${until}. After that ${full}.`
        : `${product} costs ${sum} instead of ${full}.`,
  },
  discount_past: {
    subject: () => "The discount was for payments that have been made",
    text: ({ product, sum }) => `Nothing more is taken off: next time ${product} costs ${sum}.`,
  },
  discount_ended: {
    subject: ({ sum }) => `The discount is over, you pay ${sum}`,
    text: ({ product, sum }) => `From your next payment ${product} costs ${sum}.`,
  },
  resumed: {
    subject: ({ plan }) => `Your ${thing(plan)} is running again`,
    text: ({ product }) => `The pause is over and ${product} counts from today.`,
  },
};

/** What is said of each thing that can become of a membership. */
export const CHANGE_WORDS: Record<Locale, Record<MembershipChange["what"], Words>> = { sv: SV, en: EN };

import { PAPER, YELLOW } from "./art-frame.tsx";

/** A stack of credits. */
export function Credits() {
  return (
    <>
      <path d="M24 138h112" />
      <path className={PAPER} d="M38 104v18c0 9 19 16 42 16s42-7 42-16v-18" />
      <path className={PAPER} d="M38 84v18c0 9 19 16 42 16s42-7 42-16V84" />
      <path className={PAPER} d="M38 64v18c0 9 19 16 42 16s42-7 42-16V64" />
      <ellipse className={YELLOW} cx="80" cy="62" rx="42" ry="16" />
      <path d="M84 53L70 63h9l-4 8 15-10h-9z" />
    </>
  );
}

/** A locker with nothing in it but a hanger: empty lists. */
export function Locker() {
  return (
    <>
      <path d="M10 144h140" />
      <path className={PAPER} d="M48 16h72v128H48z" />
      <path d="M48 36h72M60 26h16" />
      <path className={PAPER} d="M48 16L20 28v124l28-8z" />
      <path d="M27 44l14-5M27 52l14-5M27 60l14-5M40 92v12" />
      <path d="M84 36v14c0 5 7 5 7 0" />
      <path className={YELLOW} d="M84 54l-24 20c-2 2-1 4 2 4h44c3 0 4-2 2-4z" />
    </>
  );
}

/** A plug out of its socket: a page that is not there. */
export function Unplugged() {
  return (
    <>
      <path d="M0 116c30 0 16-40 36-40" />
      <rect className={PAPER} x="36" y="60" width="26" height="32" rx="5" />
      <path d="M62 68h12M62 84h12" />
      <path className={YELLOW} d="M92 50L80 76h9l-5 24 17-30h-9z" />
      <rect className={PAPER} x="110" y="54" width="24" height="44" rx="6" />
      <path d="M110 68h8M110 84h8M134 76c18 0 10 40 26 40M30 138h100" />
    </>
  );
}

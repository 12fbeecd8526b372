import { PAPER, YELLOW } from "./art-frame.tsx";

export function LiftingBelt() {
  return (
    <>
      <path className={YELLOW} d="M24 66c20-22 92-22 112 0-20 16-92 16-112 0z" />
      <path className={PAPER} d="M24 66v30c20 24 92 24 112 0V66c-20 18-92 18-112 0z" />
      <rect className={PAPER} x="66" y="72" width="32" height="40" rx="4" />
      <path d="M76 82h14v20H76zM76 92h16M36 84l1 .5M46 90l1 .5M112 92l1 .5M122 86l1 .5M54 86l1 .5M56 98l1 .5M98 78h10v28H98" />
    </>
  );
}

export function WristWraps() {
  return (
    <>
      <path d="M12 132h136" />
      <path className={PAPER} d="M22 60h46v72H22z" />
      <ellipse className={PAPER} cx="45" cy="60" rx="23" ry="14" />
      <path d="M45 60m-15 0a15 9 0 1 0 30 0a15 9 0 1 0-30 0M45 60m-7 0a7 4 0 1 0 14 0a7 4 0 1 0-14 0M68 78c22-2 28 14 8 18" />
      <path className={YELLOW} d="M22 104h46v14H22z" />
      <path className={PAPER} d="M96 84h40v48H96z" />
      <ellipse className={PAPER} cx="116" cy="84" rx="20" ry="12" />
      <path d="M116 84m-12 0a12 7 0 1 0 24 0a12 7 0 1 0-24 0M116 84m-5 0a5 3 0 1 0 10 0a5 3 0 1 0-10 0M96 98c-16 4-16 18 0 18" />
    </>
  );
}

export function Chalk() {
  return (
    <>
      <path d="M14 138h132" />
      <path className={PAPER} d="M34 78h92v60H34z" />
      <path className={PAPER} d="M34 78L20 56h34l10 22zM126 78l14-22h-34l-10 22z" />
      <path className={PAPER} d="M54 78V46l52-10v42z" />
      <path d="M54 46l14-8 52-10-14 8M120 28v30M54 62l52-10M80 41v37" />
      <path className={YELLOW} d="M48 94h64v28H48z" />
      <path d="M58 104h44M58 112h28M28 46l1 .5M38 36l1 .5M132 40l1 .5M24 34l1 .5" />
    </>
  );
}

export function JumpRope() {
  return (
    <>
      <path d="M40 70c-34 40 0 76 40 60s14-64-20-44 0 62 40 48 44-40 20-64" />
      <g transform="rotate(-20 40 46)">
        <rect className={YELLOW} x="33" y="20" width="14" height="48" rx="6" />
        <path d="M33 30h14M33 38h14M33 46h14M36 68h8v6h-8z" />
      </g>
      <g transform="rotate(20 120 46)">
        <rect className={YELLOW} x="113" y="20" width="14" height="48" rx="6" />
        <path d="M113 30h14M113 38h14M113 46h14M116 68h8v6h-8z" />
      </g>
    </>
  );
}

export function Bands() {
  return (
    <>
      <path d="M16 30h128M34 24v12M126 24v12" />
      <path className={PAPER} d="M36 30h10v84c0 8-10 8-10 0z" />
      <path className={YELLOW} d="M64 30h20v96c0 14-20 14-20 0z" />
      <path className={PAPER} d="M100 30h32v76c0 22-32 22-32 0z" />
      <path d="M41 34v78M74 34v92M111 34v76M121 34v76M64 44h20M100 44h32M36 44h10" />
    </>
  );
}

import { PAPER, YELLOW } from "./art-frame.tsx";

export function TShirt() {
  return (
    <>
      <path
        className={PAPER}
        d="M58 26L32 38 14 70l22 12 10-14v70h68V68l10 14 22-12-18-32-26-12c-4 12-12 18-22 18s-18-6-22-18z"
      />
      <path d="M53 28c5 16 14 24 27 24s22-8 27-24M46 68V56M114 68V56M46 130h68" />
      <path className={YELLOW} d="M84 66L66 94h13l-4 22 19-30H81z" />
    </>
  );
}

export function Hoodie() {
  return (
    <>
      <path className={PAPER} d="M52 50L32 60 16 128l19 6 11-38v46h68V96l11 38 19-6-16-68-20-10" />
      <path className={PAPER} d="M52 50c-4-24 10-36 28-36s32 12 28 36c-6 10-16 16-28 16s-22-6-28-16z" />
      <path className={YELLOW} d="M62 50c-2-14 6-24 18-24s20 10 18 24c-5 6-11 9-18 9s-13-3-18-9z" />
      <path d="M73 65v22M87 65v18M46 134h68M61 102h38l8 24H53zM19 118l19 6M141 118l-19 6" />
    </>
  );
}

export function Bottle() {
  return (
    <>
      <path d="M42 148h76" />
      <path className={PAPER} d="M70 40c-12 4-16 12-16 22v78c0 4 4 8 8 8h36c4 0 8-4 8-8V62c0-10-4-18-16-22z" />
      <path className={YELLOW} d="M54 82h52v36H54z" />
      <path d="M84 88l-10 14h8l-3 11 10-15h-8z" />
      <rect className={PAPER} x="66" y="26" width="28" height="14" rx="2" />
      <path d="M72 26V14h16v12M94 31c12-2 16 4 15 14M54 70h6M54 128h6M54 136h10" />
    </>
  );
}

export function Towel() {
  return (
    <>
      <path d="M14 34h132M22 26v16M138 26v16" />
      <path className={PAPER} d="M62 34v84h58V34" />
      <path className={PAPER} d="M40 34v100h58V34" />
      <path className={YELLOW} d="M40 96h58v16H40z" />
      <path d="M46 134v8M54 134v8M62 134v8M70 134v8M78 134v8M86 134v8M93 134v8M40 88h58M40 120h58" />
    </>
  );
}

export function Bag() {
  return (
    <>
      <path d="M14 138h132" />
      <path d="M52 66C50 24 110 24 108 66M60 66c0-30 40-30 40 0" />
      <path className={PAPER} d="M18 84c0-12 8-18 20-18h84c12 0 20 6 20 18v36c0 12-8 18-20 18H38c-12 0-20-6-20-18z" />
      <path d="M36 78h88M52 66v72M108 66v72M28 70c-6 18-6 46 0 64M132 70c6 18 6 46 0 64" />
      <rect className={YELLOW} x="62" y="92" width="36" height="30" rx="3" />
      <path d="M62 100h36" />
    </>
  );
}

export function Cap() {
  return (
    <>
      <path className={PAPER} d="M48 104c0-38 18-58 46-58s50 22 50 58c-30-8-66-8-96 0z" />
      <path d="M94 46c-10 16-14 34-12 53M94 46c12 14 20 32 22 53M90 42h8v4h-8z" />
      <path className={YELLOW} d="M48 104c-18 2-32 10-38 22 30 4 66-4 96-26-20-2-40 0-58 4z" />
      <path d="M70 74l1 .5M112 68l1 .5M16 122c28 0 58-8 82-22" />
    </>
  );
}

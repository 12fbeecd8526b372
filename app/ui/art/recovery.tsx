import { PAPER, YELLOW } from "./art-frame.tsx";

export function Mat() {
  return (
    <>
      <path className={PAPER} d="M30 122h98l22 16H42z" />
      <path className={PAPER} d="M30 62v60c0 10 12 16 24 16h12V78" />
      <path className={PAPER} d="M30 62h84v60H54" />
      <ellipse className={PAPER} cx="114" cy="92" rx="16" ry="30" />
      <path d="M114 92m-10 0a10 20 0 1 0 20 0a10 20 0 1 0-20 0M114 92m-4 0a4 10 0 1 0 8 0a4 10 0 1 0-8 0" />
      <path className={YELLOW} d="M50 62h14v60H50zM82 62h14v60H82z" />
      <path d="M57 62c0-34 32-34 32 0" />
    </>
  );
}

export function FoamRoller() {
  return (
    <>
      <path d="M14 136h132" />
      <path className={PAPER} d="M44 60h78c14 0 22 18 22 38s-8 38-22 38H44" />
      <ellipse className={PAPER} cx="44" cy="98" rx="24" ry="38" />
      <ellipse className={YELLOW} cx="44" cy="98" rx="12" ry="20" />
      <path d="M76 62h16v10H76zM102 62h14v10h-14zM74 84h18v12H74zM102 84h18v12h-18zM126 84h14M74 108h18v12H74zM102 108h18v12h-18zM126 108h13" />
    </>
  );
}

export function MassageBall() {
  return (
    <>
      <path d="M14 136h132" />
      <circle className={YELLOW} cx="58" cy="94" r="42" />
      <path d="M30 76c6-14 18-20 30-20M28 94c0-4 0-6 1-8" />
      <circle className={PAPER} cx="116" cy="108" r="28" />
      <path d="M116 80v-6M136 88l4-4M144 108h6M96 88l-3-4M136 128l4 4M104 96m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M120 94m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M130 108m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M112 112m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M124 122m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M104 124m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0" />
    </>
  );
}

export function TrainingLog() {
  return (
    <>
      <path d="M14 140h132" />
      <path className={PAPER} d="M34 22h78c4 0 6 2 6 6v106c0 4-2 6-6 6H34z" />
      <path className={YELLOW} d="M92 22h14v40l-7-8-7 8z" />
      <path d="M44 22v118M34 34h6M34 50h6M34 66h6M34 82h6M34 98h6M34 114h6M56 76h46M56 88h46M56 100h30M78 40l-10 14h8l-3 11 10-15h-8z" />
      <path className={PAPER} d="M130 40l8 4v82l-4 12-4-12z" />
      <path d="M130 56l8 2M134 58v66M130 126h8" />
    </>
  );
}

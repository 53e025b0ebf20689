import { uploadTexts } from "../../../texts/uploads.ts";

const RADIUS = 15;
const AROUND = 2 * Math.PI * RADIUS;

/** How far a file has come, as a ring with the number in it. Turns slowly while there is no number to show. */
export function ProgressRing({ name, share }: { name: string; share: number | null }) {
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <span
      role="progressbar"
      aria-label={uploadTexts.progress(name)}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": percent })}
      className="relative grid size-11 place-items-center rounded-full bg-surface/90 text-text"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 36 36"
        className={percent === null ? "size-10 animate-[spin_1s_linear_infinite]" : "size-10 -rotate-90"}
      >
        <circle cx="18" cy="18" r={RADIUS} fill="none" strokeWidth="3" className="stroke-line" />
        <circle
          cx="18"
          cy="18"
          r={RADIUS}
          fill="none"
          strokeWidth="3"
          strokeLinecap="round"
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - (share ?? 0.25))}
          className="stroke-accent transition-[stroke-dashoffset] duration-150"
        />
      </svg>
      {percent === null ? null : (
        <span aria-hidden="true" className="absolute text-[0.6875rem] font-medium tabular-nums">
          {percent}
        </span>
      )}
    </span>
  );
}

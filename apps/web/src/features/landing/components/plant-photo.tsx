/** A drawn stand-in for a photo: a plant in a window, one leaf yellow. Its colours are the scene's, not the theme's. */
export function PlantPhoto({ label }: { label: string }) {
  return (
    <svg role="img" aria-label={label} viewBox="0 0 320 190" className="block w-[22rem] max-w-full">
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#dfe9e6" />
          <stop offset="1" stopColor="#f3ebdd" />
        </linearGradient>
        <linearGradient id="pot" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#c98863" />
          <stop offset="1" stopColor="#a9674a" />
        </linearGradient>
      </defs>
      <rect width="320" height="190" fill="url(#sky)" />
      <g stroke="#fffdf8" strokeWidth="7">
        <path d="M108 0v150M214 0v150M0 62h320" />
      </g>
      <path d="M0 118c40-22 78-20 118-6s86 12 202-14v52H0z" fill="#b9cdbd" opacity=".7" />
      <rect y="148" width="320" height="42" fill="#e7d9c4" />
      <rect y="148" width="320" height="5" fill="#fffdf8" />
      <ellipse cx="166" cy="176" rx="54" ry="6" fill="#b9a486" opacity=".6" />
      <path d="M132 120h66l-8 54h-50z" fill="url(#pot)" />
      <rect x="127" y="113" width="76" height="13" rx="4" fill="#b5734f" />
      <g fill="none" stroke="#4d7a55" strokeWidth="3.5" strokeLinecap="round">
        <path d="M165 114C164 84 160 60 150 38" />
        <path d="M166 114c4-30 14-50 36-66" />
        <path d="M163 114c-8-18-22-30-44-36" />
        <path d="M168 114c12-12 26-18 46-18" />
      </g>
      <path d="M150 40c-20-4-26-20-20-36 16 4 26 18 20 36z" fill="#3f7a54" />
      <path d="M200 50c-2-20 12-34 32-36 2 20-10 36-32 36z" fill="#4f8c63" />
      <path d="M154 70c14-10 30-8 40 4-12 12-30 12-40-4z" fill="#2f6647" />
      <path d="M122 80c-18 6-34-2-40-18 18-6 36 2 40 18z" fill="#5a9870" />
      <path d="M212 96c10-14 28-16 42-6-8 16-28 20-42 6z" fill="#e3b54a" />
      <path d="M214 96c12-2 24-4 36-5" stroke="#b98a2c" strokeWidth="1.6" fill="none" />
      <path d="M248 88c3 1 4 3 4 5" stroke="#8d6420" strokeWidth="3" fill="none" strokeLinecap="round" />
    </svg>
  );
}

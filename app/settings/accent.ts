/** The rooms of both themes in which the accent stands, as app/tailwind.css has them. */
const LIGHT = ["#f6f8f8", "#ffffff", "#eff4f4"];
const DARK = ["#0b1413", "#111d1c", "#182827"];
const [WHITE, INK, DARK_SURFACE] = ["#ffffff", "#06211e", "#111d1c"] as const;
/** WCAG 2.2 AA for text. */
const NEEDED = 4.5;
const STEPS = 40;

/** Why an accent cannot be read on our pages, with the nearest that can; null when it can. */
export function accentProblem(accent: string, theme: "light" | "dark"): string | null {
  const found = contrast(accent, theme);
  if (found >= NEEDED) return null;
  return `${accent} reads at ${found.toFixed(1)} to 1 in the ${theme} theme, and ${NEEDED} is needed: ${readable(accent, theme)} can be read.`;
}

/** The nearest shade that can be read there. */
export function readable(accent: string, theme: "light" | "dark"): string {
  const towards = theme === "light" ? "#000000" : WHITE;
  for (let i = 0; i <= STEPS; i++) {
    const shade = mix(accent, towards, i / STEPS);
    if (contrast(shade, theme) >= NEEDED) return shade;
  }
  return towards;
}

/** The tokens of both themes that follow from an accent; one for the dark theme that is not given is made lighter. */
export function accentTokens(accent: string, accentDark: string | null) {
  const dark = accentDark ?? readable(accent, "dark");
  return {
    light: theme(accent, WHITE, "#000000", accent, WHITE),
    dark: theme(dark, DARK_SURFACE, WHITE, mix(accent, "#000000", 0.15), WHITE),
  };
}

function theme(accent: string, surface: string, stronger: string, mine: string, onMine: string) {
  const soft = mix(accent, surface, 0.86);
  let strong = mix(accent, stronger, 0.2);
  for (let i = 5; ratio(strong, soft) < NEEDED && i <= STEPS; i++) strong = mix(accent, stronger, i / 20);
  return {
    accent,
    "accent-strong": strong,
    "on-accent": onColour(accent),
    "accent-soft": soft,
    mine,
    "on-mine": onMine,
    focus: accent,
  };
}

const onColour = (colour: string) => (ratio(WHITE, colour) >= ratio(INK, colour) ? WHITE : INK);

function contrast(accent: string, theme: "light" | "dark"): number {
  const rooms = theme === "light" ? LIGHT : DARK;
  return Math.min(ratio(onColour(accent), accent), ...rooms.map((room) => ratio(accent, room)));
}

const channels = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** `share` of the other colour in it. */
function mix(colour: string, other: string, share: number): string {
  const [a, b] = [channels(colour), channels(other)];
  const mixed = a.map((value, i) => Math.round(value * (1 - share) + (b[i] ?? 0) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** The contrast ratio of WCAG 2, for #rrggbb. */
export function ratio(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

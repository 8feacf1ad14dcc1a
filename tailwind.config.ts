import type { Config } from "tailwindcss";
import { LABEL_COLOURS } from "./app/chat/shapes";

const role = (name: string) => `var(--${name})`;

// Components use the role names below; raw colours live only in app/tailwind.css, once per theme.
export default {
  content: ["./app/**/*.{ts,tsx}"],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      bg: role("bg"),
      surface: role("surface"),
      "surface-2": role("surface-2"),
      line: role("line"),
      "line-strong": role("line-strong"),
      text: role("text"),
      "text-muted": role("text-muted"),
      accent: role("accent"),
      "accent-strong": role("accent-strong"),
      "on-accent": role("on-accent"),
      "accent-soft": role("accent-soft"),
      mine: role("mine"),
      "on-mine": role("on-mine"),
      theirs: role("theirs"),
      note: role("note"),
      "note-line": role("note-line"),
      waiting: role("waiting"),
      "waiting-soft": role("waiting-soft"),
      danger: role("danger"),
      "danger-soft": role("danger-soft"),
      "on-danger": role("on-danger"),
      ok: role("ok"),
      label: Object.fromEntries(
        LABEL_COLOURS.flatMap((name) => [name, `${name}-soft`]).map((name) => [name, role(`label-${name}`)]),
      ),
      focus: role("focus"),
    },
    extend: {
      borderRadius: { DEFAULT: "8px", lg: "12px", xl: "16px" },
      boxShadow: { DEFAULT: role("shadow") },
      fontFamily: { sans: ['"Inter Variable"', "Inter", "system-ui", "sans-serif"] },
    },
  },
} satisfies Config;

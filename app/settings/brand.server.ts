import { createHash } from "node:crypto";
import { accentTokens } from "./accent";
import { openingAt } from "./office-hours";
import { settings } from "./settings.server";

/** What every page shows of the organisation; null: as the program comes. */
export async function brand() {
  const { organisationName, logoUrl } = await settings();
  const css = await brandCss();
  // The address changes with the colours, so that no browser keeps the old ones.
  const style = css && `/brand.css?${createHash("sha256").update(css).digest("hex").slice(0, 12)}`;
  return { name: organisationName || null, logoUrl: logoUrl || null, style };
}

/** The accent in both themes, over app/tailwind.css; empty when nobody has chosen one. */
export async function brandCss(): Promise<string> {
  const { accent, accentDark } = await settings();
  if (!accent) return "";
  const { light, dark } = accentTokens(accent, accentDark || null);
  return `:root{${tokens(light)}}
@media screen{[data-theme="dark"]{${tokens(dark)}}}
@media screen and (prefers-color-scheme:dark){[data-theme="system"]{${tokens(dark)}}}
`;
}

const tokens = (theme: Record<string, string>) =>
  Object.entries(theme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");

/** What the landing page says in the organisation's own words, and whether it is open. */
export async function welcome() {
  const all = await settings();
  const { greeting, closedText, timeZone, customersErase } = all;
  return {
    greeting: greeting || null,
    closedText: closedText || null,
    opening: openingAt(all, new Date()),
    officeZone: timeZone,
    customersErase,
  };
}

export type Welcome = Awaited<ReturnType<typeof welcome>>;

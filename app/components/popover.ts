/**
 * For elements with the `popover` attribute: the browser opens, closes and layers them, with Escape and without scripts.
 * This takes back the place and the looks that browsers give them; say where it goes.
 */
export const popoverClass = "m-0 rounded-lg border border-line bg-surface p-4 text-text shadow";

/** A ref: what has the focus when the popover opens. React's autoFocus writes no attribute, and the browser asks for one. */
export function focusedFirst(node: HTMLElement | null) {
  node?.setAttribute("autofocus", "");
}

import type { ComponentProps, ReactNode } from "react";

interface Style {
  /** primary: the one thing to do here; plain: the others; quiet: without an edge; danger: cannot be undone. */
  look?: "primary" | "plain" | "quiet" | "danger";
  /** sm 32 px for dense screens, md 40 px, lg 44 px for thumbs; icon: square. */
  size?: "sm" | "md" | "lg";
  icon?: boolean;
}

const LOOKS = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border-line-strong bg-surface text-text hover:bg-surface-2",
  quiet: "border-transparent text-text-muted hover:bg-surface-2 hover:text-text",
  danger: "border-transparent bg-danger text-on-danger hover:brightness-95",
};

const SIZES = {
  sm: { text: "min-h-[32px] px-3 text-sm", icon: "h-8 w-8" },
  md: { text: "min-h-[40px] px-4 text-[0.9375rem]", icon: "h-10 w-10" },
  lg: { text: "min-h-[44px] px-5 text-base", icon: "h-11 w-11" },
};

/** For links that look like buttons. */
export function buttonClass({ look = "plain", size = "md", icon = false }: Style = {}) {
  return `inline-flex shrink-0 select-none items-center justify-center gap-2 rounded border font-medium transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:opacity-60 ${LOOKS[look]} ${SIZES[size][icon ? "icon" : "text"]}`;
}

export function Button({
  look,
  size,
  icon,
  className = "",
  type = "submit",
  ...rest
}: Style & ComponentProps<"button">) {
  return <button type={type} className={`${buttonClass({ look, size, icon })} ${className}`} {...rest} />;
}

/** A button that shows only an icon still says what it does, to readers and on hover. */
export function IconButton({
  label,
  children,
  ...rest
}: Omit<Style, "icon"> & ComponentProps<"button"> & { label: string; children: ReactNode }) {
  return (
    <Button icon look="quiet" title={label} aria-label={label} {...rest}>
      {children}
    </Button>
  );
}

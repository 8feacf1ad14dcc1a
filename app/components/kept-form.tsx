import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import type { KeptForm as Kept } from "~/http/kept-form";
import { Button } from "./button";
import { useErrorText } from "./error-text";
import { TextField } from "./field";

/** Fields in which somebody writes; the others only come along. */
const WRITTEN = new Set(["content", "message", "note", "feedback", "text"]);

/** The form that the page in question was to answer, or null. */
export function useKeptForm(): Kept | null {
  const error = useRouteError();
  if (!isRouteErrorResponse(error)) return null;
  return (error.data as { kept?: Kept } | null)?.kept ?? null;
}

/** What somebody sent when it went wrong, to be sent again: what it names itself by comes along, so twice is harmless. */
export function KeptForm({ className = "" }: { className?: string }) {
  const t = useErrorText();
  const kept = useKeptForm();
  if (!kept) return null;
  return (
    <form method="post" action={kept.action} className={`flex w-full flex-col gap-3 ${className}`}>
      <FormToken />
      {kept.entries.map(([name, value], i) =>
        WRITTEN.has(name) && value !== "" ? (
          <TextField key={i} label={t("error.written")} name={name} rows={4} defaultValue={value} />
        ) : (
          <input key={i} type="hidden" name={name} value={value} autoComplete="off" />
        ),
      )}
      <Button look="primary" className="self-start">
        {t("error.send")}
      </Button>
    </form>
  );
}

import { describedBy, FieldFrame } from "~/components/field";
import { useStaffText } from "~/messages/staff-text";

/** Uploads a logo in place of an address, and shows the one that is there. */
export function LogoField({ url, error }: { url: string; error?: string }) {
  const t = useStaffText();
  return (
    <div className="flex items-start gap-4">
      <FieldFrame
        id="logo"
        label={t("settings.logo")}
        hint={t("settings.logo.hint")}
        error={error}
        className="min-w-0 flex-1"
      >
        <input
          id="logo"
          type="file"
          name="picture"
          accept="image/jpeg,image/png,image/webp,image/gif"
          aria-invalid={error ? true : undefined}
          {...describedBy("logo", true, error)}
          className="input file:me-3 file:rounded file:border-0 file:bg-surface-2 file:px-3 file:py-1 file:font-medium file:text-text"
        />
      </FieldFrame>
      {url && <img src={url} alt="" className="mt-[1.625rem] h-11 max-w-[6rem] rounded object-contain" />}
    </div>
  );
}

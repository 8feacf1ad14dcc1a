import Paperclip from "lucide-react/icons/paperclip";
import type { FileRules } from "~/files/shapes";
import { useText } from "~/messages/text";
import { buttonClass } from "./button";

interface Props {
  rules: FileRules;
  /** Absent until scripts run: then the form sends what was chosen. */
  onFiles?(files: File[]): void;
  disabled?: boolean;
}

/** Chooses files. Without scripts it is the browser's own field, which the stylesheet for that shows. */
export function AttachButton({ rules, onFiles, disabled }: Props) {
  const t = useText();
  return (
    <label
      title={t("files.attach")}
      className={`attach ${buttonClass({ look: "quiet", size: "sm", icon: true })} cursor-pointer !h-9 !w-9 has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:disabled]:cursor-not-allowed has-[:disabled]:opacity-50`}
    >
      <Paperclip size={17} aria-hidden="true" />
      <span className="sr-only">{t("files.attach")}</span>
      <input
        type="file"
        name="files"
        multiple
        disabled={disabled}
        accept={rules.extensions.map((one) => `.${one}`).join()}
        className="sr-only"
        onChange={(event) => {
          if (!onFiles) return;
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again after it was removed.
          event.target.value = "";
        }}
      />
    </label>
  );
}

import Trash2 from "lucide-react/icons/trash-2";
import type { SharedCanned } from "~/canned/shared-canned.server";
import { ConfirmButton } from "~/components/confirm-button";
import { Pill } from "~/components/pill";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { SharedForm } from "./shared-form";

interface Props {
  reply: SharedCanned;
  known: string[];
  refusal?: RefusalView;
}

export function SharedRow({ reply, known, refusal }: Props) {
  const t = useStaffText();
  const { id, title, shortcut, content, category, used } = reply;
  return (
    <li className="border-b border-line last:border-0">
      <details open={refusal !== undefined}>
        <summary className="flex min-h-[56px] cursor-pointer items-center gap-3 px-4 py-2 hover:bg-surface-2">
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline gap-2">
              <span className="truncate font-medium">{title}</span>
              <span className="shrink-0 text-xs text-text-muted">/{shortcut}</span>
            </span>
            <span className="block truncate text-text-muted">{content}</span>
          </span>
          {category && (
            <Pill className="max-w-[10rem] max-sm:!hidden">
              <span className="truncate">{category}</span>
            </Pill>
          )}
          <span className="w-20 shrink-0 text-end text-xs tabular-nums text-text-muted">
            {t("canned.used", { count: used })}
          </span>
        </summary>
        <SharedForm reply={reply} known={known} refusal={refusal} />
        <div className="border-t border-line p-4">
          <ConfirmButton
            danger
            look="quiet"
            label={
              <>
                <Trash2 size={16} aria-hidden="true" />
                {t("shared.delete")}
              </>
            }
            title={t("shared.delete.title", { title })}
            confirm={t("shared.delete.confirm")}
            cancel={t("users.cancel")}
            fields={{ intent: "delete", id: String(id) }}
          >
            {t("shared.delete.text", { count: used })}
          </ConfirmButton>
        </div>
      </details>
    </li>
  );
}

import { settings } from "~/settings/settings.server";
import type { FileRules } from "./shapes";

const MB = 1_000_000;

/** The rules in force, as the upload applies them and as a page tells them. */
export async function fileRules(): Promise<FileRules> {
  const { fileMaxMegabytes, filesPerMessage, fileTypes } = await settings();
  return { maxBytes: fileMaxMegabytes * MB, perMessage: filesPerMessage, extensions: fileTypes.split(/,\s*/) };
}

export async function fileQuotas() {
  const { filesPerChatAndDay, fileQuotaCustomerMegabytes, fileQuotaTotalMegabytes } = await settings();
  return {
    perChatAndDay: filesPerChatAndDay,
    customerBytes: fileQuotaCustomerMegabytes * MB,
    totalBytes: fileQuotaTotalMegabytes * MB,
  };
}

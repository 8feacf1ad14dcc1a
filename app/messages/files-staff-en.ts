/** Files in the settings. */
export const filesStaffEn = {
  "settings.files": "Files",
  "settings.fileMaxMegabytes": "Largest file, MB",
  "settings.fileMaxMegabytes.hint": "Larger files are refused while they are still on their way.",
  "settings.fileTypes": "Kinds of files",
  "settings.fileTypes.hint": "Extensions. What is in a file has to be what its name says.",
  "settings.filesPerMessage": "Files in one message",
  "settings.filesPerMessage.hint": "1 to 20.",
  "settings.filesPerChatAndDay": "Files in one chat and day",
  "settings.filesPerChatAndDay.hint": "Of both sides together.",
  "settings.fileQuotaCustomerMegabytes": "Room for one customer, MB",
  "settings.fileQuotaCustomerMegabytes.hint": "For everything that they uploaded; 0: no limit.",
  "settings.fileQuotaTotalMegabytes": "Room for all files, MB",
  "settings.fileQuotaTotalMegabytes.hint": "When it is used up, nobody can attach anything; 0: no limit.",
  "settings.scanUnreachable": "When the virus scanner does not answer",
  "settings.scanUnreachable.hint": "refuse or allow. Only where CLAMAV_HOST is set.",
} as const;

interface Refusal {
  regex: string;
  message: string;
  allowTypeImports?: boolean;
}

export const IMPORT_RULES: { files: string[]; ignores: string[]; refuse: Refusal[] }[];
export const NOTIFY_RULE: { files: string[]; ignores: string[]; selectors: string[]; message: string };

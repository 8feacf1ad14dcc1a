import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { IMPORT_RULES, NOTIFY_RULE } from "./import-rules.js";

export default tseslint.config(
  { ignores: ["node_modules/", "build/", "public/", ".cache/", ".data/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      // Of the plugin's rules those that hold without the React compiler, which is not used here.
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "react-hooks/purity": "error",
      "react-hooks/set-state-in-render": "error",
      "react-hooks/static-components": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }],
      "no-console": ["error", { allow: ["error"] }],
      eqeqeq: ["error", "always"],
    },
  },
  { files: ["scripts/**", "tests/**", "server.ts", "**/*.test.ts"], rules: { "no-console": "off" } },
  ...IMPORT_RULES.map(({ files, ignores, refuse }) => ({
    files,
    ignores,
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: refuse }] },
  })),
  {
    files: NOTIFY_RULE.files,
    ignores: NOTIFY_RULE.ignores,
    rules: {
      "no-restricted-syntax": [
        "error",
        ...NOTIFY_RULE.selectors.map((selector) => ({ selector, message: NOTIFY_RULE.message })),
      ],
    },
  },
);

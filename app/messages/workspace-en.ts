/** The staff's texts around one conversation and the settings that shape it. */
export const workspaceEn = {
  "settings.language": "Language",
  "settings.language.all": "Texts are in",
  "settings.language.all.hint": "For everybody who has not chosen a language on the page.",
  "settings.language.browser": "The language of each browser",
  "settings.rateAfterIdle": "Ask for a rating after a silent end too",
  "settings.rateAfterIdle.hint": "Otherwise only chats that somebody ended are rated.",
  "settings.agentsSeeAll": "Agents may read their colleagues' chats",
  "settings.agentsSeeAll.hint": "They find them in the list “All”. Only whoever has a chat answers it.",
} as const;

/** What customers and visitors read, in English: the list of keys that every other language fills. */
export const en = {
  "app.skip": "Skip to the content",
  "app.theme": "Theme",
  "app.theme.light": "Light",
  "app.theme.dark": "Dark",
  "app.theme.system": "As the system",
  "app.signIn": "Sign in",

  "time.today": "Today",
  "time.yesterday": "Yesterday",

  "log.label": "Conversation with {name}",
  "log.you": "You",
  "log.system": "Notice",
  "log.sending": "Sending…",
  "log.failed": "Not sent",
  "log.retry": "Try again",
  "log.discard": "Take back",
  "log.sent": "Sent",
  "log.seen": "Seen",
  "log.typing": "{name} is typing…",
  "log.unread": "New",
  "event.assigned": "{name} joined the conversation",
  "event.ended.resolved": "The chat was closed as resolved",
  "event.ended.customer": "The customer ended the chat",
  "event.ended.customer.you": "You ended the chat",
  "event.ended.idle": "The chat ended because nobody wrote for a while",
  "event.ended.admin": "The chat was closed by the team",
  "event.rated": "Rated {rating} of 5",

  "composer.label": "Message",
  "composer.placeholder": "Write a message…",
  "composer.send": "Send",
  "composer.tooLong": "{over} characters too many",

  "error.title.404": "This page is not here",
  "error.text.404": "The address may be old or mistyped. Your chat, if you have one, is where you left it.",
  "error.title.403": "This page is not for this account",
  "error.text.403": "You are signed in, but this part belongs to somebody with other rights.",
  "error.title.500": "Something went wrong on our side",
  "error.text.500": "It is not your doing. What you sent is kept; try again in a moment.",
  "error.home": "To the start page",
  "error.again": "Try again",
} as const;

export type TextKey = keyof typeof en;
export type Texts = Record<TextKey, string>;

/** What customers read of office hours, and where they erase a chat of theirs. */
export const customersEn = {
  "landing.closed": "Closed now",
  "landing.closed.holiday": "Closed: {name}",
  "landing.opens": "open again {when}",
  "landing.closed.text": "Write anyway: your message is kept, and the answer will be here.",
  "erase.open": "Erase this chat…",
  "erase.title": "Erase this chat for good?",
  "erase.text": "All its messages and files go, on our side too. Download it first if you want to keep it.",
  "erase.confirm": "Erase",
  "erase.cancel": "Keep it",
} as const;

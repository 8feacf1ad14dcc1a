/** What an admin asks for: name, and the call. Most of them fit many chats; the last of each kind fit next to none. */
export const LISTS: [string, string][] = [
  ["all chats", "chats"],
  ["by status", "chats?status=abandoned"],
  ["by status, few", "chats?status=active"],
  ["by agent", "chats?agent=5"],
  ["by rating", "chats?rating=1"],
  ["by label", "chats?label=3"],
  ["with a file", "chats?file=yes"],
  ["of one day", "chats?from=DAY&to=DAY"],
  ["waited long", "chats?waited=5"],
  ["waited very long, nearly none", "chats?waited=12"],
  ["waited for ever, none", "chats?waited=600"],
  ["agent and rating", "chats?agent=5&rating=1"],
  ["agent and label", "chats?agent=5&label=3"],
  ["label and rating", "chats?label=3&rating=2"],
  ["label and waited long", "chats?label=3&waited=4"],
  ["abandoned and rated, none", "chats?status=abandoned&rating=any"],
  ["abandoned of an agent, none", "chats?status=abandoned&agent=5"],
  ["ended by nobody, none", "chats?status=resolved&agent=0"],
  ["a label in one month", "chats?label=3&from=MONTH&to=DAY"],
  ["a common word", "chats?q=refund"],
  ["a rare word", "chats?q=kokopa"],
  ["a word that nobody said", "chats?q=xylophone"],
  ["exact words", "chats?q=%22working+days%22"],
  ["exact words, rare, all common", "chats?q=%22order+refund%22"],
  ["exact words, none, all common", "chats?q=%22refund+the+order%22"],
  ["a longer run of common words, none", "chats?q=%22thank+you+for+the+order+number%22"],
  ["two runs of common words, none", "chats?q=%22address+of+the%22+%22days+order%22"],
  ["one rare run or another", "chats?q=%22days+refund%22+or+%22label+address%22"],
  ["an order's number", "chats?q=HD-123456"],
  ["a word without another", "chats?q=voucher+-order"],
  ["common words that never meet", "chats?q=refund+pengembalian"],
  ["a misspelled name", "chats?customer=Olvia+Smtih"],
  ["a beginning of a name", "chats?customer=ol"],
  ["word, agent and rating", "chats?q=refund&agent=5&rating=1"],
  ["word and waited very long", "chats?q=refund&waited=12"],
  ["word and abandoned and rated, none", "chats?q=refund&status=abandoned&rating=any"],
  ["word and name", "chats?q=refund&customer=Olivia"],
];

/** With the days of the sample in it. `until`: its present, milliseconds. */
export function listsOf(until: number): [string, string][] {
  const day = (back: number) => new Date(until - back * 86_400_000).toISOString().slice(0, 10);
  return LISTS.map(([name, path]) => [name, path.replaceAll("DAY", day(100)).replaceAll("MONTH", day(130))]);
}
